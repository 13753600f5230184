import { fork } from 'node:child_process'
import type { Row } from './bench.ts'

const tokens = 800

/** Highest resident memory of a process that runs so many cells of 800 thinking tokens each. */
export async function measureMemory(): Promise<readonly Row[]> {
  const few = await peakMegabytes(3000, 1)
  const variants = await peakMegabytes(3000, 10)
  const prompts = await peakMegabytes(30_000, 1)
  const empty = await peakMegabytes(0, 1)
  const row = (cells: string, value: number, target: { readonly text: string; readonly most: number }): Row => ({
    what: `memory at ${cells}, ${tokens} thinking tokens a cell`,
    value: `${value.toFixed(0)} MB`,
    floor: `${empty.toFixed(0)} MB with the lab open`,
    ratio: value / few,
    target: target.text,
    met: value <= target.most,
  })
  const flat = { text: 'no more than 3 000 cells; see the README for the noise', most: few }
  return [
    row('3 000 cells', few, { text: '≤ 250 MB', most: 250 }),
    row('30 000 cells, 10 variants × 3 000 prompts', variants, flat),
    row('30 000 cells, 1 variant × 30 000 prompts', prompts, flat),
  ]
}

function peakMegabytes(prompts: number, variants: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const args = [prompts, variants, tokens].map(String)
    const child = fork(new URL('memory-child.ts', import.meta.url), args)
    child.once('message', (message) => resolve(Number(message)))
    child.once('exit', (code) => code !== 0 && reject(new Error(`the child ended with ${code}`)))
  })
}
