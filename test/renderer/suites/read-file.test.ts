import { describe, expect, it } from 'vitest'
import { guessFormat, readText } from '../../../renderer/screens/suites/import/read-file.ts'

describe('a file is taken for what', () => {
  it.each([
    ['a.yaml', 'prompts: [{text: x}]', 'yaml'],
    ['a.YML', '', 'yaml'],
    ['a.json', '{"prompts": []}', 'json'],
    ['a.ndjson', '', 'jsonl'],
    ['a.tsv', 'question\tanswer', 'csv'],
    ['promptfooconfig.yaml', 'prompts: [x]', 'promptfoo'],
    ['evals.yaml', "prompts: ['{{q}}']\ntests:\n  - vars: {q: a}", 'promptfoo'],
    ['evals.json', '{\n  "providers": ["x"],\n  "prompts": []}', 'promptfoo'],
    ['a.jsonl', '{"tests": 1}', 'jsonl'],
    ['noending', 'prompts:\n', 'yaml'],
    ['noending', '{"text":"x"}\n{"text":"y"}', 'jsonl'],
    ['noending', '{"prompts":[]}', 'json'],
  ])('%s', (name, text, format) => {
    expect(guessFormat(name, text)).toBe(format)
  })
})

describe('the text of a file', () => {
  const read = (parts: BlobPart[]) => readText(new File(parts, 'x'))

  it('is UTF-8, or UTF-16 with its mark as spreadsheets write it', async () => {
    expect(await read(['é中'])).toEqual({ text: 'é中' })
    const wide = Uint8Array.from([0xff, 0xfe, 0x61, 0, 0x2d, 0x4e])
    expect(await read([wide])).toEqual({ text: 'a中' })
  })

  it('that is no text is refused, and so is what is too large', async () => {
    expect(await read([Uint8Array.from([0x7b, 0xff, 0x81])])).toEqual({
      problem: expect.stringContaining('UTF-8') as string,
    })
    const large = { size: 65 * 1024 * 1024 } as File
    expect(await readText(large)).toEqual({ problem: expect.stringContaining('64 MB') as string })
  })
})
