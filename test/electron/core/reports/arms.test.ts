// @vitest-environment jsdom
import { describe, expect, it } from 'vitest'
import { exportReport } from '#core/reports/export-report.ts'
import type { ReportFormat } from '#shared/domain/report-format.ts'
import { smallReport, twoArmReport } from './sample-report.ts'

const written = (format: ReportFormat) => exportReport(format, twoArmReport()).text
const parse = (text: string, type: DOMParserSupportedType) => new DOMParser().parseFromString(text, type)

describe('a report of a run with two arms', () => {
  it('holds both in JSON, the first one where scripts have always looked', () => {
    const { variants, arms } = JSON.parse(written('json')) as {
      readonly variants: readonly { readonly lost: number }[]
      readonly arms: readonly { readonly arm: string; readonly variants: readonly { readonly lost: number }[] }[]
    }
    expect(variants.map(({ lost }) => lost)).toEqual([0, 0])
    expect(arms.map(({ arm, variants: each }) => [arm, ...each.map(({ lost }) => lost)])).toEqual([
      ['natural', 0, 0],
      ['suppressed', 0, 4],
    ])
    expect(JSON.parse(exportReport('json', smallReport()).text)).not.toHaveProperty('arms')
  })

  it('gives each its verdicts, its lost prompts and its notes in HTML', () => {
    const page = parse(written('html'), 'text/html')
    expect([...page.querySelectorAll('.arm h2')].map(({ textContent }) => textContent)).toEqual([
      'Arm: natural',
      'Arm: suppressed',
    ])
    expect(page.querySelectorAll('.board')).toHaveLength(2)
    expect(page.querySelectorAll('.headline')).toHaveLength(2)
    expect(page.querySelector('.facts')?.textContent).toContain('arms natural, suppressed')
    expect(parse(exportReport('html', smallReport()).text, 'text/html').querySelector('.arm')).toBeNull()
  })

  it('gives each its table in Markdown', () => {
    const text = written('markdown')
    expect(text.match(/^## Arm .*$/gm)).toEqual(['## Arm natural', '## Arm suppressed'])
    expect(text.match(/\| reference \|/g)).toHaveLength(2)
    expect(text.match(/^## Method$/gm)).toHaveLength(1)
  })

  it('makes a test suite of every variant in every arm for JUnit', () => {
    const xml = parse(written('junit'), 'application/xml')
    const name = 'FP8-E4M3 (simulated), suppressed arm'
    expect(xml.querySelectorAll('testsuite')).toHaveLength(4)
    expect(xml.querySelector(`testsuite[name="${name}"] system-out`)?.textContent).toContain('4 lost')
  })
})
