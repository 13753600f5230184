import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openLab, type Lab } from '#core/lab.ts'
import { resolvablePoints } from '#shared/stats/power.ts'

let folder = ''
let lab: Lab
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'assay-suite-calls-'))
  lab = await openLab({ home: folder, env: { OLLAMA_HOST: 'http://127.0.0.1:9' } })
})
afterAll(async () => {
  await lab.close()
  rmSync(folder, { recursive: true, force: true })
})

const yaml = `# what I know
name: sums # mine
prompts:
  - {id: a, text: 'What is {{x}} + 1?', vars: {x: [1, 2]}, grader: {kind: number, expected: 2}}
`
const csv = 'question;answer\n"1;1";2\n'

describe('a suite that was saved', () => {
  it('is told with its counts, and as hidden once it was deleted', async () => {
    const { hash } = await lab.client['suites.save']({ text: yaml, format: 'yaml' })
    const told = await lab.client['suites.describe']({ suite: hash })
    expect(told).toMatchObject({ hidden: false, license: null, summary: { hash, name: 'sums', n: 2, source: 'user' } })
    expect(told.counts.grader).toEqual([{ value: 'number', n: 2 }])
    await lab.client['suites.delete']({ suite: hash })
    expect((await lab.client['suites.describe']({ suite: hash })).hidden).toBe(true)
    await lab.client['suites.restore']({ suite: hash })
    expect((await lab.client['suites.list']({})).map(({ name }) => name)).toContain('sums')
  })

  it('is handed out page by page', async () => {
    const { hash } = await lab.client['suites.save']({ text: yaml, format: 'yaml' })
    const page = await lab.client['suites.prompts']({ suite: hash, filter: { query: '2 +' } })
    expect(page).toMatchObject({ total: 1, rows: [{ index: 1, id: 'a/2', text: 'What is 2 + 1?' }] })
    expect((await lab.client['suites.prompt']({ suite: 'sums', index: 1 })).prompt.text).toBe('What is 2 + 1?')
  })

  it('is copied under a free name, comments and all', async () => {
    await lab.client['suites.save']({ text: yaml, format: 'yaml' })
    const first = await lab.client['suites.duplicate']({ suite: 'sums' })
    const second = await lab.client['suites.duplicate']({ suite: 'sums' })
    expect([first.name, second.name]).toEqual(['sums copy', 'sums copy 2'])
    const { text } = await lab.client['suites.source']({ suite: first.hash })
    expect(text).toContain('# what I know')
    expect(text).toContain('name: sums copy # mine')
    const [own, copy] = [
      await lab.client['suites.get']({ suite: 'sums' }),
      await lab.client['suites.get']({ suite: first.hash }),
    ]
    expect(copy.prompts).toEqual(own.prompts)
  })

  it('of a table can be edited as YAML that is the same suite', async () => {
    const saved = await lab.client['suites.save']({ text: csv, format: 'csv', file: 'table.csv' })
    const { text, format } = await lab.client['suites.source']({ suite: saved.hash })
    expect(format).toBe('yaml')
    const checked = await lab.client['suites.check']({ text, format })
    expect(checked.preview?.summary.hash).toBe(saved.hash)
  })
})

describe('a bundled suite', () => {
  it('is copied as a suite of the user', async () => {
    const copy = await lab.client['suites.duplicate']({ suite: 'specimen-quick' })
    expect(copy).toMatchObject({ name: 'specimen-quick copy', source: 'user' })
    const { text, format } = await lab.client['suites.source']({ suite: copy.hash })
    expect((await lab.client['suites.check']({ text, format })).preview?.summary.hash).toBe(copy.hash)
  })
})

describe('a promptfoo config', () => {
  it('is checked before it is saved, and what is left out is told', async () => {
    const text = "prompts: ['{{q}}']\ntests:\n  - {vars: {q: a}}\n  - {vars: {q: b}, provider: x}\n"
    const { preview, problems } = await lab.client['suites.check']({ text, format: 'promptfoo', file: 'c.yaml' })
    expect(preview?.summary.n).toBe(1)
    expect(problems).toMatchObject([
      { file: 'c.yaml', line: 4, message: expect.stringContaining('provider') as string },
    ])
  })
})

describe('a suite to be generated', () => {
  it('begins as its sample says', async () => {
    const templates = await lab.client['suites.templates']({})
    expect(templates.map(({ id }) => id)).toContain('mixed')
    const sample = await lab.client['suites.sample']({ template: 'mixed', n: 300, seed: 5 })
    const { hash } = await lab.client['suites.generate']({ template: 'mixed', n: 300, seed: 5 })
    const { prompts } = await lab.client['suites.get']({ suite: hash })
    expect(sample.prompts.map(({ text }) => text)).toEqual(prompts.slice(0, 30).map(({ text }) => text))
    expect(sample.resolvablePoints).toBe(resolvablePoints(300))
    await expect(lab.client['suites.sample']({ template: 'none', n: 3, seed: 5 })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
    await expect(lab.client['suites.sample']({ template: 'mixed', n: 3, seed: 5, name: '/' })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    })
  })

  it('and any other tells how small a loss it can see', async () => {
    const { flipRate, points } = await lab.client['suites.resolvable']({ counts: [60, 600] })
    expect(flipRate).toBe(0.1)
    // 2.4865 = z(0.95) + z(0.8); 100 · 2.4865 · sqrt(0.1 / 60)
    expect(points[0]).toBeCloseTo(10.15, 2)
    expect(points[1]).toBeCloseTo(3.21, 2)
  })
})
