import * as fc from 'fast-check'
import papa from 'papaparse'
import { describe, expect, it } from 'vitest'
import { exportReport, streamReport } from '#core/reports/export-report.ts'
import { markdownText } from '#core/reports/markdown.ts'
import { repeatCommand } from '#core/reports/repeat-command.ts'
import { summarise } from '#core/reports/summary-json.ts'
import { runSpecSchema } from '#shared/domain/run.ts'
import { endpointId, variantId } from '#shared/domain/ids.ts'
import { sampleRun, variant } from '../analysis/sample-run.ts'
import { anyText, smallReport, specimenReport, twoVariants } from './sample-report.ts'

describe('json', () => {
  it('holds exactly the fields that scripts rely on', () => {
    const document = JSON.parse(exportReport('json', smallReport()).text)
    expect(Object.keys(document)).toEqual(['run', 'suite', 'reference', 'margin', 'seconds', 'variants'])
    expect(Object.keys(document.suite)).toEqual(['name', 'hash', 'n'])
    const fields =
      'name precision digest bytes bitsPerWeight n correct accuracy lost gained mcnemarP difference verdict tokensPerSecond errors'
    for (const each of document.variants) expect(Object.keys(each).join(' ')).toBe(fields)
    expect(document).toMatchObject({ run: 17, reference: 'specimen F16', margin: 0.02, seconds: 192.4 })
    expect(document.variants[1]).toMatchObject({
      n: 3,
      correct: 2,
      lost: 1,
      gained: 0,
      errors: 1,
      verdict: 'inconclusive',
    })
  })

  it('puts the reference first, beside itself without a loss', () => {
    const { variants } = summarise(specimenReport().arms)
    expect(variants[0]).toMatchObject({ precision: 'F16', lost: 0, gained: 0, mcnemarP: 1, verdict: 'pass' })
    expect(variants.map(({ verdict }) => verdict)).toContain('fail')
  })
})

describe('csv', () => {
  const read = (text: string) => papa.parse<Record<string, string>>(text.trimEnd(), { header: true }).data

  it('has one row a cell with tags as columns', () => {
    const rows = read(exportReport('csv', smallReport()).text)
    expect(rows).toHaveLength(8)
    expect(rows[1]).toMatchObject({
      prompt: 'add-0',
      precision: 'FP8-E4M3 (simulated)',
      correct: 'false',
      'tag:distance': 'near',
      tokens: '40',
    })
    expect(rows[7]).toMatchObject({ state: 'error', error: 'ENGINE_TIMEOUT', correct: '', tokens: '' })
    expect(rows[0]).not.toHaveProperty('raw')
  })

  it('keeps model output whole, line breaks and quotes included', () => {
    const words = 'a "quoted", line\nand 中文\n'
    const rows = read(exportReport('csv', smallReport(words, true)).text)
    expect(rows[0]?.['question']).toBe(`${words}Calculate the sum of 0 and 99.`)
    expect(rows[0]?.['answer']).toBe(`${words}99`)
    expect(rows[0]?.['raw']).toContain('<think>')
  })

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '=1+1\nsecond line', '\t=1+1', '  =1+1', '＝1+1', '\u200b=1+1'])(
    'disarms a formula: %j',
    (words) => {
      const rows = read(exportReport('csv', smallReport(words, true)).text)
      expect(rows[0]?.['question']).toBe(`'${words}Calculate the sum of 0 and 99.`)
      expect(rows[0]?.['tag:family']).toBe(`'${words}add`)
    },
  )

  it('leaves numbers alone', () => {
    expect(exportReport('csv', smallReport()).text).not.toContain("'")
  })

  it('reads cells while it is written, not before', () => {
    let read = 0
    const input = specimenReport()
    const counted = {
      ...input,
      *cells() {
        for (const cell of input.cells()) {
          read += 1
          yield cell
        }
      },
    }
    for (const format of ['csv', 'jsonl'] as const) {
      read = 0
      const chunks = streamReport(format, counted).chunks[Symbol.iterator]()
      chunks.next()
      chunks.next()
      expect(read).toBeLessThanOrEqual(500)
    }
  })
})

describe('jsonl', () => {
  it('has one object a cell and line, with text only when asked', () => {
    const lines = (withText: boolean) => exportReport('jsonl', smallReport('x', withText)).text.trimEnd().split('\n')
    const without = lines(false).map((line) => JSON.parse(line))
    const withText = lines(true).map((line) => JSON.parse(line))
    expect(without).toHaveLength(8)
    expect(without[0]).toMatchObject({
      variant: 'specimen F16',
      prompt: 'xadd-0',
      sample: 0,
      state: 'done',
      correct: true,
    })
    expect(without[0]).not.toHaveProperty('answer')
    expect(withText[1]).toMatchObject({ question: 'xCalculate the sum of 0 and 99.', answer: 'x109', correct: false })
  })

  it('holds any text on its line', () => {
    fc.assert(
      fc.property(anyText, (words) => {
        const lines = exportReport('jsonl', smallReport(words, true)).text.trimEnd().split('\n')
        expect(lines).toHaveLength(8)
        expect(JSON.parse(lines[0] ?? '').answer).toBe(`${words}99`)
      }),
      { numRuns: 30 },
    )
  })
})

describe('markdown', () => {
  it('shows the verdicts in one table with their uncertainty', () => {
    const text = markdownText(specimenReport())
    expect(text).toContain('# Run 17: specimen precisions')
    expect(text).toMatch(/\| Q8\\_0 \| within 2 points \| 82\.0 \\\[80\.3, 83\.7\\\] \| \+0\.2 /)
    expect(text).toMatch(/\| FP8-E4M3 \(simulated\) \| within 2 points /)
    expect(text).toMatch(/\| Q2\\_K \| worse than 2 points /)
    expect(text).toContain('cannot tell yet (about ')
  })

  it('lets no name break a table, open a tag or make a link', () => {
    const words = '|a|\n<img src=x onerror=alert(1)>[x](javascript:alert(1)) `code` https://example.org '
    const text = markdownText(smallReport(words))
    expect(text).not.toContain('<img')
    expect(text).not.toMatch(/(?<!\\)\[x/)
    expect(text).not.toContain('https://')
    for (const block of text.split('\n\n').filter((part) => part.startsWith('| '))) {
      const columns = block.split('\n').map((line) => line.match(/(?<!\\)\|/g)?.length)
      expect(new Set(columns).size).toBe(1)
    }
  })
})

describe('repeatCommand', () => {
  it('names what differs from the defaults and quotes for the shell', () => {
    const tag = variant({ precisionName: 'Q8_0', engine: 'ollama', id: variantId(endpointId('ollama'), 'r1:q8_0') })
    const run = sampleRun({ variants: [...twoVariants.slice(0, 1), tag], prompts: 4, samples: 3 })
    const spec = runSpecSchema.parse({
      ...run.spec,
      suites: ["it's mine.yaml"],
      margin: 0.035,
      sampling: { temperature: 0.6, topP: 0.95 },
      where: { distance: 'far away' },
      noiseFloor: true,
    })
    expect(repeatCommand({ ...run, spec })).toBe(
      "npm run -s assay -- run 'it'\\''s mine.yaml' --variants 000000000000 ollama:r1:q8_0 " +
        '--samples 3 --margin 3.5 --context 1024 --max-tokens 400 ' +
        "--noise-floor --temperature 0.6 --top-p 0.95 --where 'distance=far away'",
    )
  })
})

describe('exportReport', () => {
  it('names the file after the run and its format', () => {
    const input = smallReport()
    const names = (['html', 'markdown', 'csv', 'jsonl', 'junit', 'json'] as const).map((format) => {
      const { fileName, mediaType, text } = exportReport(format, input)
      expect(text.length).toBeGreaterThan(100)
      return `${fileName} ${mediaType.split(';')[0]}`
    })
    expect(names).toEqual([
      'assay-run-17.html text/html',
      'assay-run-17.md text/markdown',
      'assay-run-17.csv text/csv',
      'assay-run-17.jsonl application/x-ndjson',
      'assay-run-17.junit.xml application/xml',
      'assay-run-17.json application/json',
    ])
  })
})
