// @vitest-environment jsdom
import { createHash } from 'node:crypto'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { exportReport } from '#core/reports/export-report.ts'
import type { ReportInput } from '#core/reports/report-input.ts'
import type { Comparison } from '#shared/domain/comparison.ts'
import { fact, sampleRun } from '../analysis/sample-run.ts'
import { anyText, sampleReport, smallReport, specimenReport, twoVariants } from './sample-report.ts'

const open = (input: ReportInput) => {
  const text = exportReport('html', input).text
  return { text, page: new DOMParser().parseFromString(text, 'text/html') }
}
const withComparison = (input: ReportInput, changes: Partial<Comparison>): ReportInput => {
  const [arm] = input.arms
  return { ...input, arms: [{ ...arm, comparison: { ...arm.comparison, ...changes } }] }
}
const failed = (variantIndex: number) =>
  fact({ variantIndex, promptIndex: 0, state: 'error', correct: null, graded: false, tokens: null, thinkState: null })
const words = (element: Element | null) => element?.textContent?.replace(/\s+/g, ' ').trim()

describe('html report', () => {
  it('gives every variant its verdict in words, with loss, interval and flips', () => {
    const { page } = open(specimenReport())
    const rows = [...page.querySelectorAll('.board-row')].map((row) =>
      [...row.children].map((cell) => words(cell)).join(' | '),
    )
    expect(rows).toHaveLength(8)
    expect(rows[2]).toBe('Q8_0 | within 2 points |  | +0.2 [−0.1, +0.4] | 6 / 3 | 0.51 | 4.24 MB')
    expect(rows[3]).toContain('FP8-E4M3 (simulated)')
    expect(rows[5]).toMatch(/cannot tell yet ?about [\d,]+ more prompts/)
    expect(rows[7]).toMatch(/worse than 2 points .*off the scale/)
  })

  it('says in one sentence what came out', () => {
    expect(words(open(specimenReport()).page.querySelector('.headline'))).toBe(
      'Q8_0, FP8-E4M3 (simulated), and Q4_K_M are within 2 points of F16; Q2_K is worse by more than 2 points; ' +
        'for Q4_0 and Q3_K_M these prompts cannot tell yet.',
    )
  })

  it('draws the loss within every distance and the margin in every one', () => {
    const { page } = open(specimenReport())
    const panels = [...page.querySelectorAll('.panel')]
    expect(panels.map((panel) => words(panel.querySelector('h3'))?.split(' ')[0])).toEqual(['benchmark', 'near', 'far'])
    for (const panel of panels) expect(panel.querySelectorAll('.margin')).toHaveLength(6)
  })

  it('gives the reason where there is nothing to show', () => {
    const input = smallReport()
    const bare = { ...withComparison(input, { byTag: [] }), fingerprints: [] }
    const text = words(open(bare).page.body)
    expect(text).toContain('- No prompt of this suite carries a distance tag.')
    expect(text).toContain('- not recorded')
    expect(text).toContain('No noise floor was measured')
  })

  it.each([
    ['no cell has run', () => ({ variants: twoVariants, facts: [] })],
    ['every cell failed', () => ({ variants: twoVariants, facts: [0, 1].map((v) => failed(v)) })],
    [
      'there is only the reference',
      () => ({ variants: twoVariants.slice(0, 1), facts: [fact({ variantIndex: 0, promptIndex: 0 })] }),
    ],
  ])('holds no broken figure where %s', (_, make) => {
    const { variants, facts } = make()
    const input = sampleReport({ run: sampleRun({ variants, prompts: 1 }), facts, tags: [{ distance: 'near' }] })
    for (const format of ['html', 'markdown', 'junit', 'json', 'csv', 'jsonl'] as const) {
      expect(exportReport(format, input).text).not.toMatch(/NaN|Infinity|undefined/)
    }
    expect(words(open(input).page.querySelector('.headline'))).toBe('No variant could be compared with the reference.')
  })

  it('says nothing of a margin fixed before the run when it was not', () => {
    const input = specimenReport()
    const later = withComparison(input, { margin: 0.05 })
    expect(words(open(input).page.body)).toContain('fixed before the first cell')
    expect(words(open(later).page.body)).not.toContain('fixed before the first cell')
  })

  it('names how the run was made: digests, settings, versions, the command', () => {
    const input = specimenReport()
    const text = words(open(input).page.body)
    for (const { runVariant } of input.arms[0].comparison.variants) expect(text).toContain(runVariant.variant.digest)
    expect(text).toContain('builtin llama.cpp b7710')
    expect(text).toContain('stats-3, grade-1, split-1')
    expect(text).toContain('npm run -s assay -- run specimen-quick --variants')
  })

  it('holds one style whose hash is in its policy, no script, and nothing to fetch', () => {
    const { text, page } = open(specimenReport())
    const policy = page.querySelector('meta[http-equiv="Content-Security-Policy"]')?.getAttribute('content')
    const style = page.querySelectorAll('style')
    const hash = createHash('sha256')
      .update(style[0]?.textContent ?? '')
      .digest('base64')
    expect(style).toHaveLength(1)
    expect(policy).toBe(`default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`)
    expect(page.querySelectorAll('script, link, img, iframe, object, form, base, [src], [href], [style]')).toHaveLength(
      0,
    )
    expect(text).not.toMatch(/https?:|url\(|@import/)
  })

  it.each([
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    '</style><script>alert(1)</script>',
    '</textarea></pre></details><svg onload=alert(1)>',
    '<!--',
    ']]>',
    '&lt;script&gt;',
    '${1+1}{{1+1}}',
  ])('shows hostile names and answers as text: %s', (hostile) => {
    const { page } = open(smallReport(hostile))
    const plain = open(smallReport('')).page
    const elements = (document: Document) => [...document.querySelectorAll('*')].map(({ tagName }) => tagName)
    expect(elements(page)).toEqual(elements(plain))
    const attributes = [...page.querySelectorAll('*')].flatMap((element) => element.getAttributeNames())
    expect(attributes.filter((name) => name.startsWith('on'))).toEqual([])
    expect(page.querySelector('h1 bdi')?.textContent).toBe(`${hostile}a run`)
    expect(page.querySelector('.texts td')?.textContent).toContain(hostile)
  })

  it('has the same elements whatever the texts are', () => {
    const tags = (text: string) => open(smallReport(text)).page.querySelectorAll('*').length
    const plain = tags('')
    fc.assert(
      fc.property(anyText, (text) => {
        expect(tags(text)).toBe(plain)
      }),
      { numRuns: 25 },
    )
  })

  it('makes what turns the direction of writing visible', () => {
    const { page } = open(smallReport('\u202egnp.exe\u2066'))
    expect(page.querySelector('h1 bdi')?.textContent).toBe('⟨U+202E⟩gnp.exe⟨U+2066⟩a run')
  })
})
