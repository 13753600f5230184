import { expect, it } from 'vitest'
import { makeProgressLine, standingLine } from '../../../electron/cli/progress-line.ts'
import { makeTerminal } from '../../../electron/cli/terminal.ts'
import { collector } from './host-in-memory.ts'

it('says what, how far and how long', () => {
  const cells = { label: 'Q8_0', done: 612, total: 1560, unit: 'cells', secondsLeft: 71.2 } as const
  expect(standingLine(cells, '##--')).toBe('Q8_0  ##--  612/1,560 cells  39 %  1 min 12 s left')
  const bytes = { label: 'pulling', done: 1_200_000, total: 4_800_000, unit: 'bytes' } as const
  expect(standingLine(bytes, '#---')).toBe('pulling  #---  1.20 MB of 4.80 MB  25 %')
})

it('never says 100 % before the end, nor more', () => {
  const line = (done: number) => standingLine({ label: '', done, total: 1000, unit: 'cells' }, '')
  expect(line(999)).toContain('99 %')
  expect(line(1200)).toContain('100 %')
})

it('says where it stands every ten seconds where nothing can be drawn, and nothing when asked to be quiet', () => {
  const told = (quiet: boolean) => {
    const stderr = collector({ isTTY: false })
    const stdout = collector()
    let ms = 0
    const line = makeProgressLine(makeTerminal({ stdout, stderr, env: {}, colours: true, quiet }), () => ms)
    for (const done of [1, 2, 3, 4, 5, 6]) {
      ms += 5000
      line.update({ label: 'Q8_0', done, total: 10, unit: 'cells', secondsLeft: 5 * (10 - done) })
    }
    line.stop()
    return [stderr.text(), stdout.text()]
  }
  const lines =
    'Q8_0  2/10 cells  20 %  40 s left\nQ8_0  4/10 cells  40 %  30 s left\nQ8_0  6/10 cells  60 %  20 s left\n'
  expect(told(false)).toEqual([lines, ''])
  expect(told(true)).toEqual(['', ''])
})

it.each([
  ['where nobody looks', { isTTY: false, quiet: false }, false],
  ['on a terminal', { isTTY: true, quiet: false }, true],
  ['on a terminal that was asked to be quiet', { isTTY: true, quiet: true }, false],
])('%s', (_where, { isTTY, quiet }, drawn) => {
  const stderr = collector({ isTTY, columns: 40 })
  const terminal = makeTerminal({ stdout: collector(), stderr, env: {}, colours: true, quiet })
  const line = makeProgressLine(terminal)
  line.update({ label: 'a very long name of something', done: 1, total: 10, unit: 'cells' })
  line.stop()
  line.stop()
  expect(stderr.text().includes('a very long name')).toBe(drawn)
})
