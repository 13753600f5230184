import { fork } from 'node:child_process'
import type { Row } from './bench.ts'

const tokens = 800

/** Highest resident memory of a process that runs so many cells of 800 thinking tokens each. */
export async function measureMemory(): Promise<readonly Row[]> {
  const few = await peakMegabytes(3000)
  const many = await peakMegabytes(30_000)
  const empty = await peakMegabytes(0)
  const row = (cells: string, value: number, target: { text: string; mostMegabytes: number }): Row => ({
    what: `memory at ${cells} cells × ${tokens} thinking tokens`,
    value: `${value.toFixed(0)} MB`,
    floor: `${empty.toFixed(0)} MB with the lab open`,
    ratio: value / few,
    target: target.text,
    met: value <= target.mostMegabytes,
  })
  const same = few * 1.1
  return [
    row('3 000', few, { text: '≤ 250 MB', mostMegabytes: 250 }),
    row('30 000', many, { text: 'as at 3 000 (± 10 %)', mostMegabytes: same }),
  ]
}

function peakMegabytes(cells: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = fork(new URL('memory-child.ts', import.meta.url), [String(cells), String(tokens)])
    child.once('message', (message) => resolve(Number(message)))
    child.once('exit', (code) => code !== 0 && reject(new Error(`the child ended with ${code}`)))
  })
}
