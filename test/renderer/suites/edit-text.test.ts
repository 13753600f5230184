import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { indentLines, newLine, outdentLines, type TextEdit } from '../../../renderer/screens/suites/editor/edit-text.ts'

const apply = (text: string, { from, to, insert }: TextEdit) => text.slice(0, from) + insert + text.slice(to)

/** The text after an edit, with `[` and `]` around the selection, from a text that has them. */
function edited(marked: string, edit: (text: string, start: number, end: number) => TextEdit): string {
  const start = marked.indexOf('[')
  const text = marked.replace('[', '').replace(']', '')
  const made = edit(text, start, marked.indexOf(']') - 1)
  const after = apply(text, made)
  const [a, b] = made.select
  return `${after.slice(0, a)}[${after.slice(a, b)}]${after.slice(b)}`
}

describe('Tab', () => {
  it('fills up to the next level', () => {
    expect(edited('a: b\n[]c', indentLines)).toBe('a: b\n  []c')
    expect(edited(' []c', indentLines)).toBe('  []c')
    expect(edited('a [b] c', indentLines)).toBe('a   [] c')
  })

  it('moves every selected line in, empty ones not, and keeps the selection', () => {
    expect(edited('a[a\n\nb]b\nc', indentLines)).toBe('  a[a\n\n  b]b\nc')
    expect(edited('[a\nb\n]c', indentLines)).toBe('  [a\n  b\n]c')
  })
})

describe('Shift Tab', () => {
  it('moves every line that is touched out, as far as it goes', () => {
    expect(edited('    a[]', outdentLines)).toBe('  a[]')
    expect(edited(' []a', outdentLines)).toBe('[]a')
    expect(edited('[]a', outdentLines)).toBe('[]a')
    expect(edited('  a[\n    b\n c]\n  d', outdentLines)).toBe('a[\n  b\nc]\n  d')
    expect(edited('[  a\n  b\n]  c', outdentLines)).toBe('[a\nb\n]  c')
  })

  it('takes back what Tab did to whole lines', () => {
    const lines = fc.array(fc.stringMatching(/^ {0,4}[a-z:]{1,6}$/), { minLength: 2, maxLength: 5 })
    fc.assert(
      fc.property(lines, (all) => {
        const text = all.join('\n')
        const made = indentLines(text, 0, text.length)
        const moved = apply(text, made)
        expect(apply(moved, outdentLines(moved, ...made.select))).toBe(text)
      }),
    )
  })
})

describe('Enter', () => {
  it('keeps the level, and goes one deeper after a colon', () => {
    expect(edited('  a: b[]', newLine)).toBe('  a: b\n  []')
    expect(edited('  a:[]', newLine)).toBe('  a:\n    []')
    expect(edited('prompts:[]\nx', newLine)).toBe('prompts:\n  []\nx')
    expect(edited('a[b]c', newLine)).toBe('a\n[]c')
  })

  it('goes on below the first key of a list’s item', () => {
    expect(edited('  - id: a[]', newLine)).toBe('  - id: a\n    []')
    expect(edited('  - vars:[]', newLine)).toBe('  - vars:\n      []')
    expect(edited('  - []', newLine)).toBe('  - \n  []')
  })
})
