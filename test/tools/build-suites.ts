/**
 * Writes the files under resources/ that are made from other files: the suites' JSON Schema and, given the folder of
 * the specimen's evaluation files, its two bundled suites.
 *
 *   node test/tools/build-suites.ts [path/to/eval]
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { format } from 'prettier'
import { suiteJsonSchema } from '#core/suites/authoring.ts'
import { exportSuite } from '#core/suites/export-suite.ts'
import { hashSuite } from '#core/suites/hash-suite.ts'
import { evalFiles, specimenFull } from './import-eval.ts'
import { specimenQuick } from './select-quick.ts'

const resources = join(import.meta.dirname, '..', '..', 'resources')
const options = { parser: 'json', semi: false, singleQuote: true, printWidth: 120 } as const
const schema = await format(JSON.stringify(suiteJsonSchema()), options)
writeFileSync(join(resources, 'schemas', 'assay-suite.schema.json'), schema)

const [evalFolder] = process.argv.slice(2)
if (evalFolder !== undefined) {
  const lines = evalFiles.flatMap((name) =>
    readFileSync(join(evalFolder, `${name}.jsonl`), 'utf8')
      .trim()
      .split('\n'),
  )
  const full = specimenFull(lines)
  for (const suite of [full, specimenQuick(full)]) {
    const text = exportSuite(hashSuite(suite), 'jsonl')
    writeFileSync(join(resources, 'suites', `${suite.name}.jsonl`), text)
    console.log(`${suite.name}: ${suite.prompts.length} prompts, ${Buffer.byteLength(text)} bytes`)
  }
}
