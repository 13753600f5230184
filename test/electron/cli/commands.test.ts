import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openLab, type Lab } from '#core/lab.ts'
import { runInMemory } from './host-in-memory.ts'

/** Commands on a real lab that is kept open: they are typed as people type them. */

let home = ''
let lab: Lab
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'assay-commands-'))
  lab = await openLab({ home, env: { OLLAMA_HOST: 'http://127.0.0.1:9' } })
})
afterAll(async () => {
  await lab.close()
  await rm(home, { recursive: true, force: true })
})

const assay = (...argv: readonly string[]) =>
  runInMemory(argv, {
    overrides: { cwd: home, openLab: () => Promise.resolve({ client: lab.client, close: () => Promise.resolve() }) },
  })

const promptfoo = `prompts: ['Say {{word}}', 'Please say {{word}}']
tests:
  - vars: { word: moon }
    assert: [{ type: contains, value: moon }]
  - vars: { word: sun }
    assert: [{ type: similar, value: star }]
`

describe('a promptfoo config', () => {
  beforeAll(() => writeFile(join(home, 'pf.yaml'), promptfoo))

  it('is imported with word of what was left out', async () => {
    const { code, out, err } = await assay('suites', 'import', 'pf.yaml', '--format', 'promptfoo')
    expect(code).toBe(0)
    expect(out).toContain('Saved: pf, 2 prompts')
    expect(err).toMatch(/^pf\.yaml:5:\d+: .*similar/)
  })

  it('is checked as the one that an import would take', async () => {
    const { code, out, err } = await assay('suites', 'check', 'pf.yaml', '--format', 'promptfoo')
    expect(code).toBe(0)
    expect(out).toContain('pf, 2 prompts')
    expect(err).toContain('similar')
  })
})

describe('--json', () => {
  it('wraps what is no JSON', async () => {
    const { code, out } = await assay('suites', 'export', 'specimen-quick', '--json')
    const document = JSON.parse(out) as Record<string, string>
    expect({ code, ...document, text: document['text']?.split('\n', 1)[0] }).toEqual({
      code: 0,
      suite: 'specimen-quick',
      format: 'yaml',
      text: expect.stringMatching(/^\S+: /),
    })
  })

  it('leaves JSON as it is', async () => {
    const plain = await assay('suites', 'export', 'specimen-quick', '--format', 'json')
    const told = await assay('suites', 'export', 'specimen-quick', '--format', 'json', '--json')
    expect(told.out).toBe(plain.out)
    expect(JSON.parse(told.out)).toMatchObject({ name: 'specimen-quick' })
  })

  it('prints an error as one more line where it prints lines', async () => {
    await writeFile(join(home, 'bad.jsonl'), '{"id":"a","lang":"en","question":"Q?","answer":"A."}\nnot json\n')
    const { out } = await assay('refusals', 'label', 'bad.jsonl', '--json')
    const lines = out.trimEnd().split('\n')
    expect(lines.map((line) => Object.keys(JSON.parse(line) as object))).toContainEqual(['error'])
  })
})

describe('a command line that names what is not there ends with 2', () => {
  it.each([
    [['suites', 'export', 'specimen-quik'], 'Did you mean specimen-quick'],
    [['suites', 'export', ''], 'The suite must not be empty.'],
    [['suites', 'generate', 'arithmetik', '--n', '5'], 'Did you mean arithmetic?'],
    [['run', 'specimen-quik', '--variants', 'specimen F16'], 'Did you mean specimen-quick'],
    [['run', '', '--variants', 'specimen F16'], 'Suite 1 must not be empty.'],
    [['run', 'specimen-quick', '--variants', 'nope'], 'There is no variant named nope'],
    [['run', 'specimen-quick', '--variants', 'specimen F16', '--name', ''], 'The name must not be empty.'],
    [['run', 'specimen-quick', '--variants', 'specimen F16', '--arms', 'chat'], 'no chat arm'],
    [['quantize', 'specimen F16', 'Q9'], 'Q9 is not a type'],
    [['pull', ''], 'The name must not be empty.'],
    [['show', '99'], '99'],
    [['endpoints', 'remove', 'box'], 'There is no endpoint box.'],
    [['suites', 'export', 'specimen-quick', '--out', 'no/such/x.yaml'], 'no/such/x.yaml does not exist'],
  ])('%j', async (argv, message) => {
    const { code, out, err } = await assay(...argv)
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toContain(message)
    expect(err).not.toMatch(/✖|\w+\.\w+: |\.part/)
  })
})

describe('endpoints', () => {
  it('are added, listed and removed', async () => {
    const added = await assay('endpoints', 'add', 'box', 'http://127.0.0.1:9')
    expect(added).toMatchObject({ code: 0, err: '' })
    expect(added.out).toMatch(/^box +Ollama +http:\/\/127\.0\.0\.1:9.* absent$/m)
    expect((await assay('endpoints', 'add', 'box', 'http://127.0.0.1:8')).code).toBe(2)
    const { out } = await assay('endpoints', '--json')
    const names = (JSON.parse(out) as { endpoint: string }[]).map(({ endpoint }) => endpoint)
    expect(names).toEqual(expect.arrayContaining(['builtin', 'ollama', 'box']))
    expect((await assay('endpoints', 'remove', 'box')).out).toBe('box is removed.\n')
    expect((await assay('endpoints')).out).not.toContain('box')
  })

  it('are refused where the name or the address is none', async () => {
    expect((await assay('endpoints', 'add', 'Big Box', 'http://127.0.0.1:9')).err).toContain('small letters')
    expect((await assay('endpoints', 'add', 'box', 'gpu-box:11434')).err).toContain('such as http://localhost:11434')
    expect((await assay('endpoints', 'add', 'ollama', 'http://127.0.0.1:9')).err).toContain('OLLAMA_HOST')
    expect((await assay('endpoints', 'remove', 'builtin')).code).toBe(2)
  })
})

it('the catalogue says what every tag needs in memory at a context', async () => {
  const { out } = await assay('variants', '--catalogue', '--context', '32768')
  expect(out).toMatch(/^deepseek-r1:7b-qwen-distill-q4_K_M +Q4_K_M +4\.70 GB +\d+(\.\d+)? GB +\S/m)
  expect(out).toContain('a context of 32,768 tokens')
})

describe('completion', () => {
  const offers = async (...words: readonly string[]) => {
    const lines = (await assay('complete', '--', ...words)).out.trimEnd().split('\n')
    return { values: lines.slice(0, -1).map((line) => line.split('\t', 1)[0] ?? ''), directive: lines.at(-1) }
  }

  it.each([
    [['suites', 'ch'], ['check'], ':4'],
    [['run', 'specimen-q'], ['specimen-quick'], ':0'],
    [['run', 'x', '--arms', 'natural', 'f'], ['forced'], ':4'],
    [['run', 'x', '--variants', 'spec'], ['specimen F16'], ':0'],
    [['run', 'x', '--variants=spec'], ['specimen F16'], ':0'],
    [['--json', 'quantize', 'a.gguf', 'q4_k'], ['Q4_K_M'], ':4'],
    [['quantize', './mod'], [], ':0'],
    [['suites', 'check', ''], [], ':0'],
    [['refusals', 'label', ''], [], ':0'],
    [['suites', 'generate', 'l'], ['letters', 'logic'], ':4'],
    [['export', 'last', '--form'], ['--format'], ':4'],
    [['export', 'last', '--format', 'ju'], ['junit'], ':4'],
    [['pull', 'deepseek-r1:7b-qwen-distill-f'], ['deepseek-r1:7b-qwen-distill-fp16'], ':4'],
    [['help', 'suites', 'imp'], ['import'], ':4'],
    [['show', ''], [], ':4'],
  ])('of %j', async (words, values, directive) => {
    expect(await offers(...words)).toEqual({ values, directive })
  })
})

it('a report lands whole under the name that was asked for', async () => {
  const { code } = await assay('suites', 'export', 'specimen-quick', '--format', 'csv', '--out', 'quick.csv')
  expect(code).toBe(0)
  expect(await readFile(join(home, 'quick.csv'), 'utf8')).toMatch(/^id,/)
})
