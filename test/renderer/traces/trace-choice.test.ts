import { describe, expect, it } from 'vitest'
import { parseRoute, routeHash } from '../../../renderer/routing/route.ts'
import {
  filterInput,
  readChoice,
  toggled,
  withVariant,
  writeFilter,
  type Filter,
} from '../../../renderer/screens/traces/trace-choice.ts'

const read = (hash: string) => readChoice(parseRoute(hash))

describe('the address of a trace', () => {
  it('opens the same view again', () => {
    const hash =
      '#/traces/17?prompt=41&v=0,3&arm=forced&sample=2&heat=entropy&view=raw&linked=0&list=0&side=cell&q=%E5%8C%97%E4%BA%AC&part=answer&hit=12.3&sort=thinkingTokens&desc=1'
    expect(read(hash)).toMatchObject({
      run: 17,
      prompt: 41,
      variants: [0, 3],
      arm: 'forced',
      sample: 2,
      heat: 'entropy',
      view: 'raw',
      linked: false,
      list: false,
      side: 'cell',
      search: '北京',
      part: 'answer',
      hit: { row: 12, place: 3 },
      sorting: { by: 'thinkingTokens', descending: true },
    })
  })

  it('keeps its filter through the address', () => {
    const filter: Filter = {
      variants: [1, 2],
      arms: ['natural'],
      states: ['error'],
      thinkStates: ['unclosed', 'budget-cut'],
      right: false,
    }
    expect(read(routeHash('traces', [1], writeFilter(filter)))?.filter).toEqual(filter)
    expect(filterInput(filter)).toEqual({
      variantIndexes: [1, 2],
      arms: ['natural'],
      states: ['error'],
      thinkStates: ['unclosed', 'budget-cut'],
      correct: false,
    })
  })

  it('takes what makes no sense as if it were not there', () => {
    const plain = read('#/traces/1')
    expect(read('#/traces/1?prompt=-1&v=x&arm=loud&sample=1e9&heat=red&view=3d&hit=4&sort=DROP&think=odd')).toEqual(
      plain,
    )
    expect(read('#/traces')).toBeNull()
    expect(read('#/traces/0')).toBeNull()
    expect(read('#/traces/one')).toBeNull()
  })

  it('shows no more variants than there is room for', () => {
    expect(read('#/traces/1?v=0,1,1,2,3,4,5')?.variants).toEqual([0, 1, 2, 3])
  })
})

describe('withVariant', () => {
  it('changes nothing where the variant is shown already', () => {
    expect(withVariant([0, 2], 2)).toEqual([0, 2])
  })

  it('puts it in the last place and leaves the first', () => {
    expect(withVariant([0, 2], 3)).toEqual([0, 3])
    expect(withVariant([0], 3)).toEqual([0, 3])
  })
})

describe('toggled', () => {
  it('adds and takes out', () => {
    expect(toggled(['a'], 'b')).toEqual(['a', 'b'])
    expect(toggled(['a', 'b'], 'a')).toEqual(['b'])
  })
})
