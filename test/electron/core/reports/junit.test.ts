// @vitest-environment jsdom
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { exportReport } from '#core/reports/export-report.ts'
import { anyText, smallReport, specimenReport } from './sample-report.ts'

describe('junit', () => {
  const parse = (text: string) => {
    const xml = new DOMParser().parseFromString(text, 'application/xml')
    expect(xml.querySelector('parsererror')?.textContent ?? null).toBeNull()
    return xml
  }

  it('fails a variant that is worse, skips one that is open, and passes one that is within', () => {
    const xml = parse(exportReport('junit', specimenReport()).text)
    const outcome = (name: string) => {
      const test = xml.querySelector(`testsuite[name="${name}"] testcase[name^="loss"]`)
      return [...(test?.children ?? [])].map(({ tagName }) => tagName)
    }
    expect(xml.querySelectorAll('testsuite')).toHaveLength(7)
    expect(outcome('Q2_K')).toContain('failure')
    expect(outcome('Q4_0')).toContain('skipped')
    expect(outcome('Q8_0')).toEqual(['system-out'])
    expect(xml.querySelector('testsuites')?.getAttribute('failures')).toBe('1')
    expect(xml.querySelector('testsuite[name="F16"] testcase[name^="loss"]')).toBeNull()
  })

  it('reports cells that failed as an error and lists the lost prompts', () => {
    const xml = parse(exportReport('junit', smallReport()).text)
    const suite = xml.querySelector('testsuite[name="FP8-E4M3 (simulated)"]')
    expect(suite?.querySelector('testcase[name="every cell ran"] > error')?.getAttribute('message')).toContain(
      '1 cells failed',
    )
    expect(suite?.querySelector('system-out')?.textContent).toContain('add-0')
  })

  it('stays well-formed whatever a suite is called', () => {
    fc.assert(
      fc.property(anyText, (words) => {
        const xml = parse(exportReport('junit', smallReport(`${words}]]>\u0000\u001b[31m\ud800&<`)).text)
        expect(xml.querySelectorAll('testcase')).toHaveLength(3)
      }),
      { numRuns: 30 },
    )
  })
})
