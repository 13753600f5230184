import { describe, expect, it } from 'vitest'
import { sortGroups, sortRows, type Column } from '../../../renderer/ui/grid-column.ts'
import { gridKey } from '../../../renderer/ui/grid-keys.ts'
import { asTsv } from '../../../renderer/ui/use-copy-rows.ts'

interface Row {
  readonly kind: 'head' | 'row' | 'below'
  readonly name: string
  readonly size: number | null
}
const row = (name: string, size: number | null, kind: Row['kind'] = 'row'): Row => ({ kind, name, size })
const names = (rows: readonly Row[]) => rows.map(({ name }) => name)
const columns: readonly Column<Row>[] = [
  { key: 'name', title: 'Name', width: '80px', order: ({ name }) => name, text: ({ name }) => name },
  { key: 'size', title: 'Size', width: '80px', order: ({ size }) => size, text: ({ size }) => String(size ?? '-') },
  { key: 'actions', title: '', width: '80px', text: () => '' },
]
const by = (name: string, descending = false) => ({ by: name, descending })

describe('rows in order', () => {
  const rows = [row('b10', 3), row('b9', null), row('a', 20)]

  it('are sorted by number or by text, numbers in a text as numbers, and unknown ones come last either way', () => {
    expect(names(sortRows(rows, columns, by('size')))).toEqual(['b10', 'a', 'b9'])
    expect(names(sortRows(rows, columns, by('size', true)))).toEqual(['a', 'b10', 'b9'])
    expect(names(sortRows(rows, columns, by('name')))).toEqual(['a', 'b9', 'b10'])
  })

  it('stay as they are by a column that does not sort, or by none', () => {
    expect(sortRows(rows, columns, by('actions'))).toBe(rows)
    expect(sortRows(rows, columns, null)).toBe(rows)
  })

  it('are sorted within their group, and what is said of a row stays below it', () => {
    const grouped = [
      row('one', null, 'head'),
      row('b', 2),
      row('b failed', null, 'below'),
      row('a', 1),
      row('two', null, 'head'),
      row('d', 4),
      row('c', 9),
    ]
    const placeOf = ({ kind }: Row) => kind
    expect(names(sortGroups(grouped, columns, { sorting: by('size'), placeOf }))).toEqual([
      'one',
      'a',
      'b',
      'b failed',
      'two',
      'd',
      'c',
    ])
    expect(names(sortGroups(grouped, columns, { sorting: by('name', true), placeOf }))).toEqual([
      'one',
      'b',
      'b failed',
      'a',
      'two',
      'd',
      'c',
    ])
  })
})

describe('rows as a table to paste', () => {
  it('leave out columns of buttons, and keep a text with breaks in its cell', () => {
    expect(asTsv(columns, [row('two\tlines\nof text', 1)])).toBe('Name\tSize\ntwo lines of text\t1')
  })

  it('run nothing in a spreadsheet, and leave figures alone', () => {
    const pasted = (name: string) => asTsv(columns.slice(0, 1), [row(name, 1)]).split('\n')[1]
    for (const formula of ['=1+1', '+cmd|x', ' -2+3+cmd', '@SUM(A1)', '＝1'])
      expect(pasted(formula)).toBe(`'${formula}`)
    for (const figure of ['-', '+3 %', '-0.25', '1,620', 'a = b']) expect(pasted(figure)).toBe(figure)
  })
})

describe('the keys of a list', () => {
  const pressed = (name: string, at: number | null) => {
    const done: string[] = []
    gridKey(
      name,
      { at, total: 50, page: 10 },
      {
        move: (index) => done.push(`move ${index}`),
        open: (index) => done.push(`open ${index}`),
        copyOne: () => done.push('copy one'),
        copyAll: () => done.push('copy all'),
      },
    )?.()
    return done
  }

  it('move, open what is selected, and copy', () => {
    expect(pressed('j', null)).toEqual(['move 0'])
    expect(pressed('k', 4)).toEqual(['move 3'])
    expect(pressed('PageDown', 4)).toEqual(['move 14'])
    expect(pressed('Enter', 4)).toEqual(['open 4'])
    expect(pressed('Enter', null)).toEqual([])
    expect(pressed('Shift+C', 4)).toEqual(['copy all'])
  })
})
