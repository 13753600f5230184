import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
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
