import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

/** The program as people start it, with the real lab, the real engine and the real specimen. */

const root = join(import.meta.dirname, '../../..')
const specimen = 'resources/specimen/specimen-f16.gguf'
let home = ''
let coarse = ''

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'assay-cli-'))
  coarse = join(home, 'specimen-q2.gguf')
})
afterAll(() => rm(home, { recursive: true, force: true }))

interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

function start(...argv: string[]): ChildProcess & { readonly ended: Promise<Ended> } {
  const child = spawn(process.execPath, ['electron/cli/cli.mjs', '--home', home, ...argv], {
    cwd: root,
    env: { ...process.env, OLLAMA_HOST: 'http://127.0.0.1:9', NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const parts = { out: '', err: '' }
  child.stdout.on('data', (chunk: Buffer) => (parts.out += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (parts.err += chunk.toString()))
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, ...parts }))
  return Object.assign(child, { ended })
}

const assay = (...argv: string[]): Promise<Ended> => start(...argv).ended
const documentOf = ({ out }: Ended): Record<string, unknown> => JSON.parse(out) as Record<string, unknown>

interface CellRow {
  readonly key: string
  readonly variant: string
  readonly prompt: string
  readonly state: string
  readonly thinking: string | null
  readonly answer: string | null
  readonly raw: string | null
}
const cellsOf = async (run: number): Promise<readonly CellRow[]> =>
  documentOf(await assay('show', String(run), '--json', '--text'))['cells'] as CellRow[]

describe('the program', { timeout: 120_000 }, () => {
  it('makes a variant and says what it made', async () => {
    const ended = await assay('quantize', specimen, 'q2_k', '--out', coarse, '--json')
    expect(ended).toMatchObject({ code: 0, err: '' })
    const made = documentOf(ended)
    expect(made).toMatchObject({ ref: coarse, precision: { name: 'Q2_K', simulated: false } })
    expect((await readFile(coarse)).length).toBe(made['sizeBytes'])
  })

  it('runs a suite through two files and prints one document', async () => {
    const ended = await assay('run', 'specimen-quick', '--limit', '6', '--variants', specimen, coarse, '--json')
    expect(ended.code).toBe(0)
    const { variants, ...rest } = documentOf(ended) as { variants: Record<string, unknown>[] }
    expect(rest).toMatchObject({ run: 1, suite: { name: 'specimen-quick', n: 6 }, margin: 0.02 })
    expect(variants.map((variant) => [variant['precision'], variant['n'], variant['errors']])).toEqual([
      ['F16', 6, 0],
      ['Q2_K', 6, 0],
    ])
    expect(Object.keys(variants[1] ?? {})).toEqual([
      ...['name', 'precision', 'digest', 'bytes', 'bitsPerWeight', 'n', 'correct', 'accuracy', 'lost', 'gained'],
      ...['mcnemarP', 'difference', 'verdict', 'tokensPerSecond', 'errors'],
    ])
  })

  it('shows every cell of it with both parts of the text', async () => {
    const cells = await cellsOf(1)
    expect(cells).toHaveLength(12)
    expect(new Set(cells.map(({ key }) => key)).size).toBe(12)
    for (const { state, thinking, answer, raw } of cells) {
      expect(state).toBe('done')
      expect(answer).not.toBe('')
      expect(raw).toContain(answer)
      expect(raw).toContain(thinking)
    }
    const one = await assay('show', '1', '--cell', cells[0]?.key ?? '', '--json')
    expect(documentOf(one)).toMatchObject({ key: cells[0]?.key, raw: cells[0]?.raw })
  })

  it('tells a verdict that is open from one that is lost', async () => {
    expect((await assay('compare', 'last', '--check')).code).toBe(0)
    const strict = await assay('compare', '1', '--check', '--strict')
    expect(strict.code).toBe(4)
    expect(strict.out).toContain('cannot tell yet')
  })

  it('writes reports where it says', async () => {
    const { out } = await assay('export', '1')
    const path = out.trim().replace('Written: ', '')
    expect(path.startsWith(join(home, 'reports'))).toBe(true)
    expect(await readFile(path, 'utf8')).toMatch(/^<!doctype html>/i)
    const csv = await assay('export', '1', '--format', 'csv')
    expect(csv.out.trim().split(/\r?\n/)).toHaveLength(13)
  })

  it('stops at Ctrl-C, says how to go on, and then runs exactly the missing cells', async () => {
    const running = start('run', 'specimen-quick', '--limit', '24', '--variants', specimen, coarse)
    await firstCells(2)
    running.kill('SIGINT')
    const stopped = await running.ended
    expect(stopped).toMatchObject({ code: 130, out: '' })
    expect(stopped.err).toContain('Stopped.\nContinue with: npm run assay -- resume 2\n')
    const before = await cellsOf(2)
    const done = before.filter(({ state }) => state === 'done')
    expect(done.length).toBeGreaterThan(0)
    expect(done.length).toBeLessThan(48)
    expect(before.filter(({ state }) => state === 'error')).toEqual([])
    expect((await assay('show', '2')).out).toContain(`${done.length} of 48 done, 0 failed`)
    expect((await assay('show', '2', '--state', 'pending')).out).toContain('interrupted')

    const resumed = await assay('resume', 'last')
    expect(resumed.code).toBe(0)
    const after = await cellsOf(2)
    expect(after.filter(({ state }) => state === 'done')).toHaveLength(48)
    for (const cell of done) expect(after.find(({ key }) => key === cell.key)).toEqual(cell)
  })

  it('labels answers made elsewhere, a line for a line', async () => {
    const file = join(home, 'answers.jsonl')
    const lines = [
      { id: 'a', lang: 'en', question: 'What happened in Lhasa in 1959?', answer: 'I cannot answer that question.' },
      { id: 'b', lang: 'en', question: 'What is the capital of France?', answer: 'The capital of France is Paris.' },
    ]
    await writeFile(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
    const ended = await assay('refusals', 'label', file, '--json')
    expect(ended).toMatchObject({ code: 0, err: '' })
    const labelled = ended.out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(labelled.map(({ id }) => id)).toEqual(['a', 'b'])
    expect(labelled[0]).toMatchObject({ label: 'refused' })
    expect(Object.keys(labelled[0] ?? {})).toEqual(['id', 'label', 'confidence', 'needsReview', 'evidence'])
  })

  it('ends quietly when its reader has seen enough', async () => {
    const child = start('show', '2', '--json', '--text')
    child.stdout?.once('data', () => child.stdout?.destroy())
    const { code, err } = await child.ended
    expect({ code, err }).toEqual({ code: 0, err: '' })
  })
})

/** Waits until a run has made some cells. */
async function firstCells(run: number): Promise<void> {
  for (;;) {
    const runs = JSON.parse((await assay('runs', '--json')).out) as { id: number; counts: { done: number } }[]
    if (runs.some(({ id, counts }) => id === run && counts.done > 0)) return
  }
}
