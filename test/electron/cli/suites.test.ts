import { mkdirSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openLab } from '#core/lab.ts'
import { tempFolder } from '../../fixtures/temp-folder.ts'
import { runInMemory } from './host-in-memory.ts'

/** The command line over a lab of its own, in the folder that the file is in. */
async function suites(verb: 'check' | 'import', file: string, text: string) {
  const cwd = tempFolder()
  writeFileSync(join(cwd, file), text)
  const open = () => openLab({ home: join(cwd, 'home'), env: { OLLAMA_HOST: '127.0.0.1:9' } })
  return runInMemory(['suites', verb, file], { overrides: { cwd, openLab: open } })
}

it('checks a table without answers and fails, with the place of each', async () => {
  const { code, out } = await suites('check', 'mine.csv', 'question,answer\nWhat is 2 + 2?,4\nCapital of Italy?,\n')
  expect(code).toBe(1)
  expect(out.trim()).toBe(
    'mine.csv:3:19: prompts[1]: the prompt has no answer (expected one in this cell; or a column grader with none, where the prompt is only asked)',
  )
})

it('says what a suite can tell of its graded prompts, and of none where none is', async () => {
  const probes = 'name: mine\nprompts:\n  - {id: a, text: Who made you?, ungraded: true}\n'
  const { out } = await suites('check', 'mine.yaml', probes)
  expect(out).toMatch(/^ok {2}mine, 1 prompt \(none graded\)\n/)
  const mixed = await suites('check', 'mine.yaml', `${probes}  - {id: b, text: 2 + 2?, expected: 4}\n`)
  expect(mixed.out).toMatch(/^ok {2}mine, 2 prompts \(1 graded, can tell a loss of 78\.6 points from none\)\n/)
})

it('takes a suite with a column that means nothing, and says so beside it', async () => {
  const table = 'question\tanswer\twibble\nWhat is 2 + 2?\t4\tx\n'
  const checked = await suites('check', 'mine.tsv', table)
  expect(checked).toMatchObject({ code: 0, out: expect.stringMatching(/^ok {2}mine, 1 prompt /) })
  expect(checked.err).toContain('the column "wibble" is not used')
  const imported = await suites('import', 'mine.tsv', table)
  expect(imported).toMatchObject({ code: 0, out: expect.stringMatching(/^Saved: mine, 1 prompt$/m) })
  expect(imported.err).toContain('the column "wibble" is not used')
})

describe('what is no suite', () => {
  /** Nothing of it needs a lab: none is opened. */
  async function check(file: string, make: (path: string) => void) {
    const cwd = tempFolder()
    make(join(cwd, file))
    return runInMemory(['suites', 'check', file], { overrides: { cwd } })
  }

  it.each<readonly [string, (path: string) => void, string, string]>([
    ['none', () => undefined, 'none does not exist.', 'Check the path'],
    ['empty', (path) => mkdirSync(path), 'empty is a folder.', 'Name a file in it.'],
    [
      'mine.yaml',
      (path) => {
        mkdirSync(path)
        for (const name of ['d.csv', 'c.json', 'b.txt', 'a.yaml', 'e.jsonl']) writeFileSync(join(path, name), '')
      },
      'mine.yaml is a folder.',
      'Name a file in it: a.yaml, c.json, d.csv and 1 more.',
    ],
    ['r1.gguf', (path) => writeFileSync(path, 'GGUF\u0003\0\0\0'), 'r1.gguf is a model in GGUF, not text.', 'variants'],
    [
      'mine.csv',
      (path) => writeFileSync(path, 'PK\u0003\u0004\u0014'),
      'mine.csv is a spreadsheet or an archive, not text.',
      'Save the spreadsheet as CSV',
    ],
    ['mine.json', (path) => writeFileSync(path, '\u0001\0\0\u0002'), 'mine.json is binary, not text.', 'UTF-8'],
    ['mine.txt', (path) => writeFileSync(path, 'What?'), 'The name of mine.txt does not say its format.', '--format'],
  ])('%s: said as what it is, with exit code 2', async (file, make, message, hint) => {
    const { code, err } = await check(file, make)
    expect(code).toBe(2)
    expect(err).toContain(message)
    expect(err).toContain(hint)
  })

  it('a little too large: told like any wrong suite', async () => {
    const { code, err } = await check('long.yaml', (path) => writeFileSync(path, '# long\n'.repeat(400_000)))
    expect(code).toBe(1)
    expect(err).toContain('long.yaml:1:1: the file is too large: 2.7 MB (expected at most 2 MB as yaml')
  })

  it.each([
    ['big.yaml', 'at most 2 MB as yaml; or several suites, or JSON Lines, which may have 64 MB'],
    ['big.csv', 'at most 64 MB as csv; or several suites)'],
  ])('%s of 300 MB: refused before it is read, like any wrong suite', async (file, expected) => {
    const { code, err } = await check(file, (path) => {
      writeFileSync(path, 'question,answer\n'.repeat(100))
      truncateSync(path, 300 * 1024 ** 2)
    })
    expect(code).toBe(1)
    expect(err).toContain(`${file}:1:1: the file is too large: 300.0 MB (expected ${expected}`)
  })
})
