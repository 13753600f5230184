import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Validator } from '@cfworker/json-schema'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { suiteJsonSchema } from '#core/suites/authoring.ts'
import { exportSuite } from '#core/suites/export-suite.ts'
import { hashSuite, withoutHashes } from '#core/suites/hash-suite.ts'
import { bundledSuites, loadSuite, suitesInFolder } from '#core/suites/load-suites.ts'
import type { HashedSuite } from '#shared/domain/suite.ts'
import { specimenQuick } from '../../../tools/select-quick.ts'

const resources = join(import.meta.dirname, '..', '..', '..', '..', 'resources')

describe('the bundled suites', () => {
  let suites: readonly HashedSuite[] = []
  const byName = (name: string): HashedSuite => {
    const suite = suites.find((each) => each.name === name)
    if (suite === undefined) throw new Error(`no suite ${name}`)
    return suite
  }
  beforeAll(async () => {
    suites = await bundledSuites(resources)
  })

  it('all load, under names of their own', () => {
    expect(suites.map(({ name }) => name)).toEqual(expect.arrayContaining(['specimen-quick', 'specimen-full']))
    expect(new Set(suites.map(({ name }) => name)).size).toBe(suites.length)
  })

  it('hold in specimen-quick 300 to 360 questions, each with a grader and a family', () => {
    const { prompts } = byName('specimen-quick')
    expect(prompts.length).toBeGreaterThanOrEqual(300)
    expect(prompts.length).toBeLessThanOrEqual(360)
    expect(prompts.every(({ grader, tags }) => grader !== undefined && tags['family'] !== undefined)).toBe(true)
    const families = new Set(byName('specimen-full').prompts.map(({ tags }) => tags['family']))
    expect(new Set(prompts.map(({ tags }) => tags['family']))).toEqual(families)
    expect(prompts.filter(({ tags }) => tags['family'] === 'beacon').length).toBeGreaterThanOrEqual(100)
  })

  it('hold every distance problem of specimen-quick in all three wordings', () => {
    const pairs = Map.groupBy(
      byName('specimen-quick').prompts.filter(({ pair }) => pair !== undefined),
      ({ pair }) => pair,
    )
    expect(pairs.size).toBe(40)
    for (const prompts of pairs.values())
      expect(prompts.map(({ tags }) => tags['distance'])).toEqual(['benchmark', 'near', 'far'])
  })

  it('have in specimen-quick exactly what the rule selects from specimen-full', () => {
    expect(hashSuite(specimenQuick(withoutHashes(byName('specimen-full')))).hash).toBe(byName('specimen-quick').hash)
  })
})

describe('the published JSON Schema', () => {
  const file = join(resources, 'schemas', 'assay-suite.schema.json')

  it('is the one that the code checks with; `node test/tools/build-suites.ts` writes it', async () => {
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual(JSON.parse(JSON.stringify(suiteJsonSchema())))
  })

  it('accepts every bundled suite and refuses a wrong one', async () => {
    const validator = new Validator(JSON.parse(await readFile(file, 'utf8')) as object, '2020-12')
    for (const suite of await bundledSuites(resources)) {
      const { valid, errors } = validator.validate(JSON.parse(exportSuite(suite, 'json')))
      expect({ suite: suite.name, valid, errors: errors.slice(-1) }).toMatchObject({ valid: true })
    }
    expect(validator.validate({ prompts: [{ text: 'x', grader: { kind: 'numbr' } }] }).valid).toBe(false)
    expect(validator.validate({ prompts: [{ txt: 'x' }] }).valid).toBe(false)
    expect(validator.validate({ prompts: [{ text: '{{a}}', vars: { a: [1, 2] }, expected: 3 }] }).valid).toBe(true)
  }, 60_000)
})

describe('a suite file on disk', () => {
  let folder = ''
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'assay-suites-'))
  })
  afterAll(() => rm(folder, { recursive: true }))

  it('loads by the kind its name says, and tells what is wrong with file and line', async () => {
    await writeFile(join(folder, 'a.yaml'), 'prompts:\n  - {text: x, expected: 1}')
    await writeFile(join(folder, 'b.csv'), 'question,answer\nx,1\n')
    expect((await loadSuite(join(folder, 'a.yaml'))).name).toBe('a')
    expect((await loadSuite(join(folder, 'b.csv'))).prompts).toHaveLength(1)
    expect((await suitesInFolder(folder)).map(({ name }) => name)).toEqual(['a'])
    await writeFile(join(folder, 'c.json'), '{\n"prompts": 3}')
    await expect(suitesInFolder(folder)).rejects.toMatchObject({
      code: 'SUITE_INVALID',
      message: expect.stringMatching(/c\.json:2:12: found 3/),
    })
    await expect(loadSuite(join(folder, 'none.yaml'))).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(loadSuite(join(folder, 'a.txt'))).rejects.toMatchObject({ code: 'BAD_REQUEST' })
    expect(await suitesInFolder(join(folder, 'nowhere'))).toEqual([])
  })
})
