import fc from 'fast-check'
import Papa from 'papaparse'
import { describe, expect, it } from 'vitest'
import { formulaText } from '#shared/domain/formula-text.ts'
import { chartFileName } from '../../../renderer/charts/save-chart.ts'
import { scaleAround, scaleFromZero, scaleLog } from '../../../renderer/charts/scales.ts'
import { isDiamond, plotNames, seriesColour } from '../../../renderer/charts/series.ts'
import { cellText, csvText, measuredCell, shareCell } from '../../../renderer/charts/table-cells.ts'

describe('scales', () => {
  it('begin at 0 for bars', () => {
    expect(scaleFromZero([3, 12]).domain[0]).toBe(0)
    expect(scaleFromZero([]).domain).toEqual([0, 1])
  })

  it('stay within what can be: no share over 100 %', () => {
    expect(scaleAround([{ low: 97, high: 100 }], { floor: 0, ceiling: 100, least: 2 }).domain).toEqual([95, 100])
  })

  it('have four to eight round ticks inside a logarithmic axis', () => {
    const size = fc.double({ min: 0.1, max: 1e5, noNaN: true })
    fc.assert(
      fc.property(fc.array(size, { minLength: 1, maxLength: 8 }), (values) => {
        const { domain, ticks } = scaleLog(values)
        expect(Math.min(...values)).toBeGreaterThan(domain[0])
        expect(ticks.every((tick) => tick >= domain[0] && tick <= domain[1])).toBe(true)
        expect(ticks.length).toBeLessThanOrEqual(8)
        if (Math.max(...values) / Math.min(...values) > 2) expect(ticks.length).toBeGreaterThanOrEqual(3)
      }),
    )
  })
})

describe('a precision in a chart', () => {
  it('has its own colour, and a diamond for floats under 16 bit', () => {
    expect(seriesColour({ precision: 'Q4_K_M' })).toBe('var(--precision-q4-k-m)')
    expect(isDiamond({ precision: 'FP8-E4M3 (simulated)' })).toBe(true)
    expect(isDiamond({ precision: 'F16' })).toBe(false)
  })

  it('is grey where it is hidden or not known', () => {
    expect(seriesColour({ precision: null })).toBe('var(--text-2)')
    expect(seriesColour({ precision: 'NEW_9' })).toBe('var(--text-2)')
    expect(isDiamond({ precision: null })).toBe(false)
  })

  it('has a name that fits', () => {
    const [fp8, long] = plotNames([{ name: 'FP8-E4M3 (simulated)' }, { name: 'x'.repeat(40) }])
    expect(fp8).toBe('FP8-E4M3')
    expect(long).toHaveLength(18)
  })
})

describe('csvText', () => {
  it('is read back as it was by another parser, line breaks and quotes and all', () => {
    const cell = fc.oneof(
      fc.string().filter((text) => !formulaText.test(text)),
      fc.integer(),
      fc.constant(null),
    )
    const table = fc.integer({ min: 2, max: 4 }).chain((width) =>
      fc.record({
        columns: fc.array(fc.stringMatching(/^[a-z]{1,8}$/), { minLength: width, maxLength: width }),
        rows: fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 5 }),
      }),
    )
    fc.assert(
      fc.property(table, ({ columns, rows }) => {
        const parsed = Papa.parse<string[]>(csvText({ columns, rows }).slice(0, -2), { newline: '\r\n' })
        expect(parsed.data).toEqual([
          columns,
          ...rows.map((row) => row.map((value) => (value === null ? '' : String(value)))),
        ])
      }),
    )
  })

  it.each(['=1+1', '+cmd', '-2', '@x', '\tx'])('never lets a spreadsheet run a name: %j', (name) => {
    expect(csvText({ columns: ['a'], rows: [[name]] })).toContain(`'${name}`)
  })
})

describe('a figure in a chart’s table', () => {
  const loss = shareCell({ value: 0.287, low: 0.193, high: 0.3625 }, 'plus')

  it('is shown with its interval, in no more digits than that bears', () => {
    expect(cellText(loss)).toBe('+29 [+19, +36]')
    expect(cellText(shareCell({ value: 0.785, low: 0.7807, high: 0.7893 }))).toBe('78.5 [78.1, 78.9]')
    expect(cellText(measuredCell({ n: 4, value: 800, interval: [800, 800] }))).toBe('800 [800, 800]')
    expect(cellText(1620)).toBe('1,620')
    expect(cellText(93.0712)).toBe('93.1')
    expect(cellText(null)).toBe('-')
  })

  it('is three columns of plain numbers in a file', () => {
    expect(
      csvText({
        columns: ['Variant', 'Loss, points'],
        rows: [
          ['Q2_K', loss],
          ['F16', null],
        ],
      }),
    ).toBe('Variant,"Loss, points","Loss, points, from","Loss, points, to"\r\nQ2_K,28.7,19.3,36.25\r\nF16,,,\r\n')
  })
})

it('names the files of a chart by the run and the title', () => {
  expect(chartFileName('run-17', 'Quality against size')).toBe('run-17-quality-against-size')
})
