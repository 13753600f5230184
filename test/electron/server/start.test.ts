import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const run = (script: string, args: readonly string[]) =>
  spawnSync(process.execPath, [join(import.meta.dirname, '../../../electron/server', script), ...args], {
    encoding: 'utf8',
    env: { ...process.env, DISPLAY: '', WAYLAND_DISPLAY: '' },
  })

describe.each([
  ['start.mjs', 'npm start --'],
  ['server.mjs', 'npm run serve --'],
])('%s', (script, command) => {
  it('says how it is used, under its own name, and does nothing else', () => {
    const { stdout, stderr, status } = run(script, ['--help'])
    expect(stdout).toContain(`\n  ${command} [--port N]`)
    expect([stdout.match(/In the browser|Building|Assay is at/), stderr, status]).toEqual([null, '', 0])
  })

  it.each([
    [['--port', 'abc'], 'abc is not a port.\nGive a number from 0 to 65535.\n'],
    [['--port', ''], ' is not a port.\nGive a number from 0 to 65535.\n'],
    [['--bogus'], "Unknown option '--bogus'\nSee --help.\n"],
  ])('refuses %j before anything is built, fetched or opened', (args, said) => {
    const { stdout, stderr, status } = run(script, args)
    expect([stdout, stderr, status]).toEqual(['', said, 2])
  })
})
