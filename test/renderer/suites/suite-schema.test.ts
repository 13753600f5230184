import { describe, expect, it } from 'vitest'
import { keysAt, wordsAt } from '../../../renderer/screens/suites/editor/code/schema/suite-schema.ts'

const none = new Map<string, string>()
const keys = (path: readonly string[], beside: readonly (readonly [string, string])[] = []) =>
  keysAt({ path, siblings: new Map(beside) })
const names = (...args: Parameters<typeof keys>) => keys(...args).map(({ name }) => name)
const words = (path: readonly string[]) => wordsAt(path, none).map(({ word }) => word)

describe('keys of the schema', () => {
  it('are those of the place, with what is required', () => {
    expect(names([])).toEqual(expect.arrayContaining(['name', 'defaults', 'prompts']))
    expect(keys(['prompts', '*']).find(({ isRequired }) => isRequired)?.name).toBe('text')
    expect(names(['prompts', '*', 'tags'])).toEqual(['distance', 'family'])
    expect(names(['prompts', '*', 'probe', 'facts', '*'])).toEqual(['id', 'core', 'weight', 'any'])
  })

  it('are of a grader those of its kind, and all while none is chosen', () => {
    expect(names(['prompts', '*', 'grader'], [['kind', 'number']])).toEqual([
      'kind',
      'expected',
      'tolerance',
      'relativeTolerance',
    ])
    expect(names(['defaults', 'grader'], [['kind', 'regex']])).toEqual(['kind', 'pattern', 'flags', 'negate'])
    expect(names(['prompts', '*', 'grader'])).toEqual(expect.arrayContaining(['tolerance', 'pattern', 'criterion']))
  })

  it('say what they are for, of which type, and what holds without them', () => {
    const [tolerance] = keys(['prompts', '*', 'grader'], [['kind', 'number']]).filter(
      ({ name }) => name === 'tolerance',
    )
    expect(tolerance).toMatchObject({
      type: 'a number',
      usual: '0',
      description: expect.stringContaining('How far off'),
    })
    const grader = keys(['prompts', '*']).find(({ name }) => name === 'grader')
    expect(grader?.description).toMatch(/^What decides whether the answer is right/)
    expect(grader?.type).toBe('one of exact, number, choice, contains, boxed or an object with its kind')
  })

  it('all have a description, but for those that mean several things', () => {
    const places = [
      [],
      ['defaults'],
      ['prompts', '*'],
      ['prompts', '*', 'probe'],
      ['prompts', '*', 'probe', 'facts', '*'],
    ]
    expect(places.flatMap((path) => keys(path)).filter(({ description }) => description === null)).toEqual([])
  })
})

describe('words of the schema', () => {
  it('are those that are understood at the place', () => {
    expect(words(['prompts', '*', 'grader', 'kind'])).toEqual([
      'exact',
      'number',
      'choice',
      'contains',
      'regex',
      'json-schema',
      'boxed',
      'judge',
    ])
    expect(words(['prompts', '*', 'tags', 'distance'])).toEqual(['benchmark', 'near', 'far'])
    expect(words(['prompts', '*', 'lang'])).toEqual(['en', 'zh-Hans', 'zh-Hant'])
    expect(words(['templates'])).toEqual(['true', 'false'])
    expect(words(['prompts', '*', 'ungraded'])).toEqual(['true'])
    expect(words(['prompts', '*', 'text'])).toEqual([])
  })

  it('are of a grader its kinds: those that need more than their name with their fields', () => {
    const offered = wordsAt(['prompts', '*', 'grader'], none)
    expect(offered.filter(({ fields }) => fields === null).map(({ word }) => word)).toEqual([
      'exact',
      'number',
      'choice',
      'contains',
      'boxed',
    ])
    expect(offered.find(({ word }) => word === 'regex')).toMatchObject({ fields: ['pattern'] })
    expect(offered.every(({ description }) => description !== null)).toBe(true)
    expect(offered.find(({ word }) => word === 'number')?.description).toMatch(/^The last number in the answer/)
  })
})
