import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { RunId } from '#shared/domain/ids.ts'
import { openStore } from '#core/store/open-store.ts'
import type { Store } from '#core/store/store.ts'
import { addRun, cellIds, makeRecord, tempFolder } from './store-fixtures.ts'

let temp: ReturnType<typeof tempFolder>
let store: Store

const texts = [
  { thinking: 'The user asks about Tiananmen. I should not talk.', answer: "I can't help with that." },
  {
    thinking: '用户问天安门广场在1989年6月4日发生了什么。',
    answer: '对不起，我不能回答。天安门是北京的地标。天安门很大。',
  },
  {
    thinking: 'Zürich, ÇA VA, ＦＵＬＬ width; state-of-the-art',
    answer: 'Quantization of quantized quanta. 𠮷野家 😀 tail',
  },
  { thinking: '東京タワーはどこ？', answer: 'a\0b\ud800c The end' },
]

function fill(): RunId {
  const run = addRun(store, { prompts: texts.length })
  cellIds(store, run).forEach((id, index) => store.cells.record(makeRecord(id, texts[index])))
  return run
}

const opened = () => {
  temp = tempFolder()
  store = openStore({ path: temp.storePath })
}
const closed = () => {
  store.close()
  temp.remove()
}

describe('counts and marks of a search', () => {
  beforeAll(opened)
  afterAll(closed)

  it('count the traces of each variant by part', () => {
    const run = addRun(store, { prompts: 2, variants: ['F16', 'Q2_K'] })
    const [first, second, third] = cellIds(store, run)
    store.cells.record(makeRecord(first!, { thinking: 'Wait, wait.', answer: 'wait' }))
    store.cells.record(makeRecord(second!, { thinking: 'Wait.', answer: 'no' }))
    store.cells.record(makeRecord(third!, { thinking: 'no', answer: 'Wait' }))
    expect(store.traces.hitCounts(run, 'wait')).toEqual([
      { variantIndex: 0, thinking: 2, answer: 1 },
      { variantIndex: 1, thinking: 0, answer: 1 },
    ])
    expect(store.traces.hitCounts(run, 'nowhere')).toEqual([])
    expect(store.traces.hitCounts(run, '"')).toEqual([])
  })

  it('mark every place in the thinking and the answer of one trace', () => {
    const run = addRun(store, { prompts: 1 })
    const [cell] = cellIds(store, run)
    store.cells.record(makeRecord(cell!, { thinking: '天安门在北京。天安门很大。', answer: '北京的天安门' }))
    expect(store.traces.marks(cell!, '天安门')).toEqual({
      thinking: [
        { start: 0, end: 3 },
        { start: 7, end: 10 },
      ],
      answer: [{ start: 3, end: 6 }],
    })
  })
})

describe('words that wait for the index', () => {
  beforeEach(opened)
  afterEach(closed)
  const hits = (run: RunId, query: string) => store.traces.search(run, query, { offset: 0, limit: 1 }).total
  const recordAll = (run: RunId, thinking: string) => {
    for (const { id } of store.cells.each(run)) store.cells.record(makeRecord(id, { thinking, answer: '' }))
  }

  it('are found however many wait, also by another process that opens the store later', () => {
    const run = addRun(store, { prompts: 75 })
    recordAll(run, 'heron')
    store.close()
    store = openStore({ path: temp.storePath })
    expect(store.cells.page(run, { filter: { query: 'heron' }, offset: 0, limit: 1 }).total).toBe(75)
    expect(store.traces.hitCounts(run, 'heron')).toEqual([{ variantIndex: 0, thinking: 75, answer: 0 }])
  })

  it('are those of the text that is there, not of one that it replaced', () => {
    const run = addRun(store, { prompts: 3 })
    recordAll(run, 'heron')
    recordAll(run, 'egret')
    expect([hits(run, 'heron'), hits(run, 'egret')]).toEqual([0, 3])
    recordAll(run, 'stork')
    expect([hits(run, 'egret'), hits(run, 'stork')]).toEqual([0, 3])
  })

  it('go with their run', () => {
    const run = addRun(store, { prompts: 3 })
    const kept = addRun(store, { prompts: 3 })
    recordAll(run, 'heron')
    recordAll(kept, 'heron')
    store.runs.delete(run)
    expect(hits(kept, 'heron')).toBe(3)
    expect(store.check()).toEqual([])
  })
})

describe('a search', () => {
  let run: RunId
  beforeAll(() => {
    opened()
    run = fill()
  })
  afterAll(closed)

  const found = (query: string, part?: 'thinking' | 'answer') =>
    store.traces
      .search(run, query, { offset: 0, limit: 50, ...(part === undefined ? {} : { part }) })
      .rows.map(({ cell, part: where, count }) => `${cell.promptIndex} ${where} ${count}`)

  it.each<[string, readonly string[]]>([
    ['tiananmen', ['0 thinking 1']],
    ['TIANANMEN user', ['0 thinking 2']],
    ['user help', []],
    ['门', ['1 thinking 1', '1 answer 2']],
    ['天安门', ['1 thinking 1', '1 answer 2']],
    ['天安门广场', ['1 thinking 1']],
    ['安天门', []],
    ['天 门 安', ['1 thinking 3', '1 answer 6']],
    ['1989年6月4日', ['1 thinking 1']],
    ['198*', ['1 thinking 1']],
    ['198', []],
    ['タワー', ['3 thinking 1']],
    ['タワード', []],
    ['タワ', ['3 thinking 1']],
    ['𠮷', ['2 answer 1']],
    ['𠮷野', ['2 answer 1']],
    ['zurich', ['2 thinking 1']],
    ['ca va', ['2 thinking 2']],
    ['full', ['2 thinking 1']],
    ['state-of-the-art', ['2 thinking 1']],
    ['"the art"', ['2 thinking 1']],
    ['"art the"', []],
    ['quant*', ['2 answer 3']],
    ['quanti*', ['2 answer 2']],
    ['"quantized quan"*', ['2 answer 1']],
    ['can\u2019t', ['0 answer 1']],
    ['"never closed', []],
    ['"about tiananmen', ['0 thinking 1']],
    ['the', ['0 thinking 1', '2 thinking 1', '3 answer 1']],
    ['b', ['3 answer 1']],
  ])('for %s finds %j', (query, expected) => {
    expect(found(query)).toEqual(expected)
  })

  it('can be kept to one part', () => {
    expect(found('天安门', 'answer')).toEqual(['1 answer 2'])
    expect(found('天安门', 'thinking')).toEqual(['1 thinking 1'])
  })

  it('comes in pages that together hold every hit once', () => {
    const all = found('the')
    const pages = [0, 1, 2, 3].flatMap((offset) => {
      const page = store.traces.search(run, 'the', { offset, limit: 1 })
      expect(page.total).toBe(all.length)
      return page.rows.map(({ cell, part, count }) => `${cell.promptIndex} ${part} ${count}`)
    })
    expect(pages).toEqual(all)
  })

  it.each(['天安门', 'quant*', '𠮷野', 'full', 'ça'])('marks what it found of %s', (query) => {
    const [hit] = store.traces.search(run, query, { offset: 0, limit: 1 }).rows
    const marked = hit!.marks.map(({ start, end }) => hit!.snippet.slice(start, end))
    const fold = (text: string) =>
      text
        .normalize('NFKD')
        .replaceAll(/\p{M}|\*/gu, '')
        .toLowerCase()
    expect(marked).toHaveLength(hit!.count)
    expect(marked.every((text) => fold(text).startsWith(fold(query)))).toBe(true)
  })

  it('shows the surroundings of a hit deep in a long text, cut between characters', () => {
    const long = addRun(store, { prompts: 1 })
    const [id] = cellIds(store, long)
    store.cells.record(makeRecord(id!, { thinking: `${'😀'.repeat(5001)} needle ${'😀'.repeat(5001)}` }))
    const [hit] = store.traces.search(long, 'needle', { offset: 0, limit: 1 }).rows
    expect(hit!.snippet.length).toBeLessThan(250)
    expect(hit!.snippet.isWellFormed()).toBe(true)
    expect(hit!.snippet.startsWith('…') && hit!.snippet.endsWith('…')).toBe(true)
    expect(hit!.marks.map(({ start, end }) => hit!.snippet.slice(start, end))).toEqual(['needle'])
  })

  it.each([
    '',
    ' ',
    '"',
    '""',
    '*',
    '"*',
    'AND',
    'OR NOT',
    'NEAR(a b, 2)',
    'thinking : x',
    '-the',
    '^the',
    '{a} : b',
    '(',
    'a"b"c',
    '+',
    ';--',
    "'",
    '\0',
    '\ud800',
    'x'.repeat(50_000),
    'a '.repeat(50_000),
    '"'.repeat(999),
  ])('takes %j for words, whatever it means to SQLite', (query) => {
    expect(() => store.traces.search(run, query, { offset: 0, limit: 5 })).not.toThrow()
  })

  it('never throws, whatever is typed', () => {
    const syntax = fc.constantFrom(
      '"',
      '*',
      '(',
      ')',
      ':',
      '^',
      '-',
      '+',
      ' AND ',
      ' OR ',
      ' NOT ',
      ' NEAR ',
      '天',
      'the',
      ' ',
      '\0',
      "'",
    )
    const query = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.array(syntax, { maxLength: 20 }).map((parts) => parts.join('')),
    )
    fc.assert(
      fc.property(query, (text) => {
        const { total, rows } = store.traces.search(run, text, { offset: 0, limit: 50 })
        expect(rows).toHaveLength(total)
        expect(rows.every(({ count }) => count > 0)).toBe(true)
        store.cells.page(run, { filter: { query: text }, offset: 0, limit: 5 })
      }),
      { numRuns: 300 },
    )
  })
})

describe('a Chinese query', () => {
  beforeEach(opened)
  afterEach(closed)

  it('finds exactly the texts that include it, as often as they do', () => {
    const han = fc.string({ unit: fc.constantFrom('天', '安', '门', '大', '𠮷'), minLength: 1, maxLength: 12 })
    const query = fc.string({ unit: fc.constantFrom('天', '安', '门', '大', '𠮷'), minLength: 1, maxLength: 3 })
    fc.assert(
      fc.property(
        fc.array(han, { minLength: 8, maxLength: 8 }),
        fc.array(query, { minLength: 8, maxLength: 8 }),
        (all, queries) => {
          const run = addRun(store, { prompts: all.length })
          cellIds(store, run).forEach((id, index) => store.cells.record(makeRecord(id, { thinking: all[index] ?? '' })))
          for (const text of queries) {
            const hits = store.traces.search(run, text, { part: 'thinking', offset: 0, limit: 50 }).rows
            const expected = all.flatMap((thinking, index) =>
              thinking.includes(text) ? [[index, thinking.split(text).length - 1]] : [],
            )
            expect(hits.map(({ cell, count }) => [cell.promptIndex, count])).toEqual(expected)
          }
        },
      ),
      { numRuns: 12 },
    )
  })
})
