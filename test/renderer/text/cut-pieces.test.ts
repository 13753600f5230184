import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cutPieces, type TextRange } from '../../../renderer/text/cut-pieces.ts'

const range = (start: number, end: number, mark: string): TextRange<string> => ({ start, end, mark })

describe('cutPieces', () => {
  it('cuts where ranges overlap, and keeps the order in which they were given', () => {
    const pieces = cutPieces({ start: 0, end: 10 }, [range(4, 8, 'b'), range(2, 6, 'a')])
    expect(pieces.map(({ start, end, ranges }) => [start, end, ranges.map(({ mark }) => mark).join('')])).toEqual([
      [0, 2, ''],
      [2, 4, 'a'],
      [4, 6, 'ba'],
      [6, 8, 'b'],
      [8, 10, ''],
    ])
  })

  it('covers the window without a gap and puts every range over exactly its characters', () => {
    const ranges = fc.array(
      fc.tuple(fc.nat(60), fc.nat(20), fc.string()).map(([at, n, mark]) => range(at, at + n, mark)),
    )
    fc.assert(
      fc.property(ranges, fc.nat(30), fc.nat(30), (all, start, length) => {
        const end = start + length
        const pieces = cutPieces({ start, end }, all)
        const covered = pieces.flatMap((piece) =>
          Array.from({ length: piece.end - piece.start }, (_, offset) => ({ at: piece.start + offset, piece })),
        )
        expect(covered.map(({ at }) => at)).toEqual(Array.from({ length }, (_, offset) => start + offset))
        for (const { at, piece } of covered) {
          expect(piece.ranges).toEqual(all.filter((one) => one.start <= at && at < one.end))
        }
      }),
    )
  })
})
