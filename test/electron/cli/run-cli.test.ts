import type { Command } from 'commander'
import { describe, expect, it } from 'vitest'
import { LabError } from '#shared/domain/error.ts'
import { makeProgram } from '../../../electron/cli/program.ts'
import type { Sink } from '../../../electron/cli/terminal.ts'
import { collector, runInMemory } from './host-in-memory.ts'

const failing = (error: unknown) => ({ overrides: { openLab: () => Promise.reject(error) } })

describe('a wrong command line', () => {
  it.each([
    [['rnu'], "Unknown command 'rnu'", 'Did you mean run?'],
    [['--nope'], "Unknown option '--nope'", 'Help: npm run assay -- --help'],
    [['run'], "Missing required argument 'suite'", 'Help: npm run assay -- run --help'],
    [['run', 'a'], 'A run needs variants.', 'variants` lists them'],
    [['run', 'a', '--margin', '0.02'], 'Expected points', 'from 0.1'],
    [['run', 'a', '--samples', '1.5'], 'Expected a whole number', 'from 1 to 1000'],
    [['run', 'a', '--where', 'far'], 'Expected TAG=VALUE', 'distance=far'],
    [['run', 'a', '--arms', 'loud'], 'Allowed choices are natural, forced, suppressed, chat', 'Help'],
    [['show', '1', 'two'], 'Too many arguments', 'Help: npm run assay -- show --help'],
    [['help', 'foo'], "Unknown command 'foo'", ''],
    [['help', 'suits'], "Unknown command 'suits'", 'Did you mean suites?'],
    [['suites', 'chek', 'a'], "Unknown command 'chek'", 'Did you mean check?'],
    [['suites', 'generate', 'letters'], "Required option '--n <prompts>'", '-- suites generate --help'],
    [['refusals', 'label'], "Missing required argument 'file'", 'Help: npm run assay -- refusals label --help'],
    [['--quiet'], 'A command is missing.', 'Help: npm run assay -- --help'],
  ])('%j ends with 2 and says why', async (argv, message, hint) => {
    const { code, out, err } = await runInMemory(argv, {
      overrides: { openLab: () => Promise.resolve({ client: {} as never, close: () => Promise.resolve() }) },
    })
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toContain(message)
    expect(err).toContain(hint)
    expect(err).toMatch(/^Error: /)
  })

  it.each([[['--json']], [['help', 'foo', '--json']], [['run', 'a', '--margin', 'x', '--json']]])(
    '%j is one JSON document on one line of stdout',
    async (argv) => {
      const { code, out, err } = await runInMemory(argv)
      expect({ code, err }).toEqual({ code: 2, err: '' })
      expect(out.trimEnd().split('\n')).toHaveLength(1)
      expect(JSON.parse(out)).toMatchObject({ error: { code: 'BAD_REQUEST' } })
    },
  )

  it('names what is not there, before anything was begun', async () => {
    for (const code of ['NOT_FOUND', 'MODEL_NOT_FOUND', 'BAD_REQUEST', 'CONFLICT'] as const) {
      expect((await runInMemory(['runs'], failing(new LabError(code, 'no')))).code).toBe(2)
    }
    for (const code of ['ENGINE_ABSENT', 'SUITE_INVALID', 'DISK_FULL', 'RUN_LEASED', 'INTERNAL'] as const) {
      expect((await runInMemory(['runs'], failing(new LabError(code, 'no')))).code).toBe(1)
    }
  })

  it('is what it names, once something was begun', async () => {
    const client = {
      async *'variants.pull'() {
        yield { step: 'pulling', doneBytes: 1, totalBytes: 2 }
        throw new LabError('NOT_FOUND', 'Gone.')
      },
    }
    const openLab = () => Promise.resolve({ client: client as never, close: () => Promise.resolve() })
    expect((await runInMemory(['pull', 'x'], { overrides: { openLab } })).code).toBe(1)
  })
})

describe('a failure', () => {
  const locked = new LabError('STORE_LOCKED', 'The store is busy.', { hint: 'Close the other window.' })

  it('is told in sentences, without a stack', async () => {
    const { code, out, err } = await runInMemory(['runs'], failing(locked))
    expect({ code, out, err }).toEqual({
      code: 1,
      out: '',
      err: 'Error: The store is busy.\nClose the other window.\n',
    })
  })

  it('comes with its stack when asked for', async () => {
    const { err } = await runInMemory(['runs', '--debug'], failing(locked))
    expect(err).toContain('run-cli.test.ts')
  })

  it('is a document with --json', async () => {
    const { out } = await runInMemory(['--json', 'runs'], failing(locked))
    expect(JSON.parse(out)).toEqual({
      error: { code: 'STORE_LOCKED', message: 'The store is busy.', hint: 'Close the other window.' },
    })
  })

  it('tells nothing of a bug but how to report it', async () => {
    const { code, err } = await runInMemory(['runs'], failing(new TypeError('secret')))
    expect(code).toBe(1)
    expect(err).not.toContain('secret')
    expect(err).toContain('--debug')
  })

  it('names a file that is not there', async () => {
    const { code, err } = await runInMemory(['suites', 'check', '/nowhere/suite.yaml'])
    expect(code).toBe(2)
    expect(err).toBe('Error: /nowhere/suite.yaml does not exist.\nCheck the path, and the folders in it.\n')
  })

  it('keeps control characters of an engine off the terminal', async () => {
    const { err } = await runInMemory(
      ['runs'],
      failing(new LabError('ENGINE_FAILED', 'said \u001b]0;owned\u0007 \u009b31m')),
    )
    for (const character of ['\u001b', '\u0007', '\u009b']) expect(err).not.toContain(character)
  })
})

/** Every command there is, from the root down. */
function commandPaths(parent: Command, above: readonly string[] = []): readonly string[][] {
  return parent
    .createHelp()
    .visibleCommands(parent)
    .flatMap((command) => {
      const path = [...above, command.name()]
      return command.name() === 'help' ? [] : [path, ...commandPaths(command, path)]
    })
}

describe('help', () => {
  it('shows every verb, examples that can be typed, and the exit codes', async () => {
    const { code, out } = await runInMemory([])
    expect(code).toBe(0)
    const verbs = ['demo', 'run', 'resume', 'runs', 'show', 'compare', 'variants', 'quantize', 'pull', 'suites']
    for (const verb of [...verbs, 'refusals', 'export', 'doctor', 'completion'])
      expect(out).toMatch(new RegExp(`^  ${verb}\\b`, 'm'))
    expect(out).toContain('npm run assay -- demo')
    expect(out).toContain('3  --check')
  })

  it('of every command has examples and says what it does', async () => {
    const host = { argv: [], env: {}, stdout: collector(), stderr: collector(), program: '' }
    const paths = commandPaths(makeProgram(host as never, () => () => Promise.resolve()))
    expect(paths.length).toBeGreaterThan(25)
    for (const path of paths) {
      const { code, out } = await runInMemory([...path, '--help'])
      expect({ path, code, hasExamples: out.includes('Examples:') }).toEqual({ path, code: 0, hasExamples: true })
      expect(out).toContain(`npm run assay -- ${path.join(' ')}`)
      expect(out).toBe((await runInMemory(['help', ...path])).out)
    }
  })

  it('fits in 80 columns', async () => {
    const { out } = await runInMemory(['quantize', '--help'], { columns: 80 })
    const text = out.slice(0, out.indexOf('Examples:'))
    for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(80)
  })
})

it('ends quietly when the reader of its output has gone', async () => {
  const closed: Sink = {
    write(_text, done) {
      done?.(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }))
      return false
    },
  }
  const client = { 'runs.list': () => Promise.resolve([]) }
  const openLab = () => Promise.resolve({ client: client as never, close: () => Promise.resolve() })
  const { code, err } = await runInMemory(['runs'], { overrides: { stdout: closed, openLab } })
  expect({ code, err }).toEqual({ code: 0, err: '' })
})

it('closes the lab even when the verb fails', async () => {
  let closed = 0
  const client = { 'runs.list': () => Promise.reject(new LabError('STORE_CORRUPT', 'broken')) }
  const close = () => {
    closed += 1
    return Promise.resolve()
  }
  const { code } = await runInMemory(['runs'], {
    overrides: { openLab: () => Promise.resolve({ client: client as never, close }) },
  })
  expect({ code, closed }).toEqual({ code: 1, closed: 1 })
})
