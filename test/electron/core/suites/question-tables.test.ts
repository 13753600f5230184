import { describe, expect, it } from 'vitest'
import { read, suiteOf } from './suite-text.ts'

describe('a question and answer table', () => {
  it('chooses its grader by the answer, and names columns it leaves out', () => {
    const parsed = read(
      '\uFEFFQuestion;Answer;distance;tag:hard;remark\r\n2+2?;4;near;yes;x\r\nBest?;B;;;\r\nCapital?;Paris;far;;\r\n',
      'csv',
    )
    if (parsed.suite === null) throw new Error('not read')
    expect(parsed.suite.prompts.map(({ text, tags, grader }) => ({ text, tags, grader }))).toMatchObject([
      { text: '2+2?', tags: { distance: 'near', hard: 'yes' }, grader: { kind: 'number', expected: '4' } },
      { text: 'Best?', tags: {}, grader: { kind: 'choice', expected: 'B' } },
      { text: 'Capital?', tags: { distance: 'far' }, grader: { kind: 'contains', all: ['Paris'], ignoreCase: true } },
    ])
    expect(parsed.notes.map(({ message }) => message)).toEqual(['the column "remark" is not used'])
    expect(parsed.suite.description).toBe('The import left out 1 thing it could not take over.')
  })

  it('takes a grader from its own column', () => {
    const { prompts } = suiteOf(
      'text,expected,grader\na,b,exact\nc,^d,regex\ne,f,"{""kind"":""judge"",""criterion"":""polite""}"',
      'csv',
    )
    expect(prompts.map(({ grader }) => grader?.kind)).toEqual(['exact', 'regex', 'judge'])
  })
})

describe('the separator of a table', () => {
  it.each([',', ';', '\t'])('%j is told by the header, whatever the cells hold', (separator) => {
    const cell = '"a;b;c,d,e\tf\tg"'
    const { prompts } = suiteOf(
      `\n \nid${separator}question${separator}answer\n1${separator}${cell}${separator}x\n`,
      'csv',
    )
    expect(prompts.map(({ text }) => text)).toEqual(['a;b;c,d,e\tf\tg'])
  })

  it('is the one under which columns mean something', () => {
    const { prompts } = suiteOf('id;question, or the like, in words;question;grader\n1;a,b,c;Why?;none\n', 'csv')
    expect(prompts).toMatchObject([{ id: '1', text: 'Why?' }])
  })
})
