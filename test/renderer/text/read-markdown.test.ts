import { describe, expect, it } from 'vitest'
import { readingLimits, readMarkdown } from '../../../renderer/text/formatted/read-markdown.ts'

const { chars, lineChars, depth } = readingLimits

/** The worst that the limits let through, and what is just beyond them. */
const heavy: Readonly<Record<string, string>> = {
  'a long answer of prose': 'The sum of two numbers is a number, and so on. '.repeat(40).concat('\n\n').repeat(50),
  'a line of 10 000 characters': 'word '.repeat(2000),
  'deep quotes': '> '.repeat(depth - 1).concat('x'),
  'quotes deeper than allowed': '> '.repeat(2000).concat('x'),
  'quotes without spaces': '>'.repeat(5000),
  'deep lists': Array.from({ length: 400 }, (_, level) => `${'  '.repeat(level)}- x`).join('\n'),
  'lists in one line': '- '.repeat(5000),
  'thousands of dollars': '$ '.repeat(20_000),
  'dollars in pairs': '$x$ '.repeat(5000),
  'openings of formulas': String.raw`\[ \( `.repeat(3000),
  'boxes in boxes': String.raw`\boxed{`.repeat(4000),
  stars: '*a '.repeat(2500),
  'stars in words': 'a**b'.repeat(1400),
  brackets: '['.repeat(2900),
  'brackets and parens': '[a]('.repeat(1400),
  backticks: '` `` ``` '.repeat(900),
  'angle brackets': '<a '.repeat(2900),
  'table rows': '|a|b|\n|-|-|\n'.concat('|x|y|\n'.repeat(900)),
  references: Array.from({ length: 1000 }, (_, i) => `[a${i}]: http://x/${i}`).join('\n'),
  entities: '&amp;'.repeat(10_000),
}

describe('reading Markdown', () => {
  it.each(Object.entries(heavy))('comes to an end soon or says why not: %s', (_what, text) => {
    const startedMs = performance.now()
    const read = readMarkdown(text.slice(0, chars))
    const tookMs = performance.now() - startedMs
    console.log(`${_what}: ${read.kind} ${Math.round(tookMs)} ms`)
    expect(['read', 'refused']).toContain(read.kind)
  })

  it.each([
    ['a longer text', 'x\n'.repeat(chars), /longer than 100,000 characters/],
    ['a longer line', 'x'.repeat(lineChars + 1), /a line of it/],
    ['deeper quotes', '> '.repeat(200).concat('x'), /24 deep/],
    ['deeper lists', Array.from({ length: 60 }, (_, level) => `${'  '.repeat(level)}- x`).join('\n'), /24 deep/],
    ['more formulas', '$x$ '.repeat(301), /300 formulas/],
    ['more signs', '*a '.repeat(3001), /3,000 signs/],
  ])('refuses %s and says why', (_what, text, why) => {
    const read = readMarkdown(text)
    expect(read.kind === 'refused' ? read.why : 'read').toMatch(why)
  })
})
