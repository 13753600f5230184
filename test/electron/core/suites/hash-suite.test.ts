import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { withoutHashes } from '#core/suites/hash-suite.ts'
import { suiteOf } from './suite-text.ts'

describe('digests', () => {
  const base = 'name: a\nprompts:\n  - {id: x, text: t, grader: {kind: exact, expected: e}'
  const hashOf = (text: string) => suiteOf(text).prompts[0]?.contentHash

  it('of a prompt change with what could change its result, and with nothing else', () => {
    expect(hashOf(`${base}}`)).toBe(hashOf(`${base.replace('id: x', 'id: y')}, tags: {a: b}}`))
    expect(hashOf(`${base}, system: ''}`)).toBe(hashOf(`${base}}`))
    for (const other of [
      base.replace('text: t', 'text: u'),
      base.replace('expected: e', 'expected: f'),
      `${base}, system: s`,
    ]) {
      expect(hashOf(`${other}}`)).not.toBe(hashOf(`${base}}`))
    }
  })

  it('of a suite are those of its JSON with sorted keys and without white space, however long it is', () => {
    const sorted = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(sorted)
      if (typeof value !== 'object' || value === null) return value
      return Object.fromEntries(
        Object.entries(value)
          .toSorted(([a], [b]) => (a < b ? -1 : 1))
          .map(([key, item]) => [key, sorted(item)]),
      )
    }
    for (const n of [1, 2000]) {
      const lines = Array.from({ length: n }, (_, i) =>
        JSON.stringify({ id: `p${i}`, text: `第${i}题 😀`, expected: i }),
      )
      const suite = suiteOf(lines.join('\n'), 'jsonl')
      const json = JSON.stringify(sorted(withoutHashes(suite)))
      expect(suite.hash).toBe(`sha256:${createHash('sha256').update(json).digest('hex')}`)
    }
  })

  it('of a suite change with anything in it', () => {
    expect(suiteOf(`${base}}`).hash).not.toBe(suiteOf(`${base}, tags: {a: b}}`).hash)
    expect(suiteOf(`${base}}`).hash).toMatch(/^sha256:[0-9a-f]{64}$/)
  })
})
