import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

const root = join(import.meta.dirname, '../..')
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> }
const entries = ['demo', 'assay', 'serve', 'start'].map((name) => [name, scripts[name]?.split(' ')[1] ?? ''] as const)

/** Loads an entry in a process that says it is an older Node. */
const under = (version: string, entry: string) =>
  promisify(execFile)(process.execPath, [
    '--input-type=module',
    '--eval',
    `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${version}' } })
     process.argv.push('cli.mjs', '--version')
     await import('${pathToFileURL(join(root, entry)).href}')`,
  ])

it.each(entries)('npm run %s says in one sentence how to get a newer Node', async (_name, entry) => {
  for (const version of ['20.20.2', '24.10.0']) {
    await expect(under(version, entry)).rejects.toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(
        new RegExp(`^Assay needs Node 24\\.11 or newer and this is ${version}: .*nodejs\\.org.*\\n$`),
      ),
    })
  }
})

it('lets a Node that is new enough through', async () => {
  expect((await under('24.11.0', scripts['assay']?.split(' ')[1] ?? '')).stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
})
