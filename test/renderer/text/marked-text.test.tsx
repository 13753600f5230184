import { cleanup, render } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import type { EvidenceSpan } from '#shared/domain/label.ts'
import { EvidenceText } from '../../../renderer/text/evidence-text.tsx'
import { MarkedText, type MarkedRange } from '../../../renderer/text/marked-text.tsx'

afterEach(cleanup)

const hostile = '<img src=x onerror=alert(1)> [a](javascript:alert(1)) <script>1</script> &amp; \\(\\href{x}{y}\\)'

describe('MarkedText', () => {
  it('keeps whatever a model wrote as text', () => {
    const { container } = render(<MarkedText text={hostile} ranges={[{ start: 2, end: 30, mark: { kind: 'hit' } }]} />)
    expect(container.textContent).toBe(hostile)
    expect([...container.querySelectorAll('*')].map(({ tagName }) => tagName)).toEqual(['MARK'])
  })

  it('shows a window of a text with the marks that reach into it', () => {
    const ranges: MarkedRange[] = [
      { start: 0, end: 6, mark: { kind: 'hit', current: true } },
      { start: 8, end: 20, mark: { kind: 'only', precision: 'Q2_K' } },
    ]
    const { container } = render(<MarkedText text="0123456789" start={4} end={10} ranges={ranges} />)
    expect(container.textContent).toBe('456789')
    expect(container.querySelector('[data-hit=current]')?.textContent).toBe('45')
    expect(container.querySelector('[data-p=Q2_K]')?.textContent).toBe('89')
  })

  it('puts marks that cross into one element where both lie', () => {
    const ranges: MarkedRange[] = [
      { start: 0, end: 4, mark: { kind: 'heat', step: 3, token: 7 } },
      { start: 2, end: 6, mark: { kind: 'hit' } },
    ]
    const { container } = render(<MarkedText text="abcdef" ranges={ranges} />)
    expect([...container.children].map((piece) => [piece.tagName, piece.textContent])).toEqual([
      ['SPAN', 'ab'],
      ['MARK', 'cd'],
      ['MARK', 'ef'],
    ])
    expect(container.querySelector('mark')?.dataset['token']).toBe('7')
  })

  it('draws the branch of a divergence once, where it begins', () => {
    const ranges: MarkedRange[] = [
      { start: 1, end: 5, mark: { kind: 'divergence' } },
      { start: 3, end: 4, mark: { kind: 'hit' } },
    ]
    const { container } = render(<MarkedText text="abcdef" ranges={ranges} />)
    expect(container.querySelectorAll('svg')).toHaveLength(1)
    expect(container.querySelector('[data-divergence]')?.textContent).toBe('bc')
  })
})

describe('EvidenceText', () => {
  const span = (part: EvidenceSpan['part'], start: number, end: number, rest: Partial<EvidenceSpan> = {}) =>
    ({ part, start, end, kind: 'refusal', ref: 'refusal:en-cannot', attributed: false, ...rest }) as const

  it('numbers the spans of its part by their place among all', () => {
    const evidence = [span('thinking', 0, 2), span('answer', 0, 5), span('answer', 6, 11)]
    const { container } = render(<EvidenceText text="I can not say" part="answer" evidence={evidence} />)
    expect([...container.querySelectorAll('sup')].map(({ textContent }) => textContent)).toEqual(['2', '3'])
    expect(container.querySelector('mark')?.title).toBe('wording of a refusal: en-cannot')
  })

  it('says of wording that is only quoted that it does not count', () => {
    const evidence = [span('answer', 0, 5, { kind: 'party-line', ref: 'party-line:x', attributed: true })]
    const { container } = render(<EvidenceText text="They say so" part="answer" evidence={evidence} />)
    expect(container.querySelector('mark')?.dataset['l']).toBe('none')
    expect(container.querySelector('mark')?.title).toContain('does not count')
  })
})
