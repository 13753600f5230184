import { enableCompileCache } from 'node:module'
import { basename } from 'node:path'
import { exitCodes } from './exit-codes.ts'

// Stripped and compiled code is kept for the next command: it then starts three times as fast.
enableCompileCache()
const { runCli } = await import('./run-cli.ts')

// From the source tree the program has no name of its own on the PATH: hints have to work where they are read.
const installed = basename(process.argv[1] ?? '') !== 'cli.mjs'

const code = await runCli({
  argv: process.argv.slice(2),
  env: process.env,
  cwd: process.cwd(),
  program: installed ? 'assay' : 'npm run assay --',
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  signals: process,
  quit: () => process.exit(exitCodes.interrupted),
  async openLab(options) {
    const { openLab } = await import('#core/lab.ts')
    return openLab(options)
  },
})

// Whatever an engine left open must not keep a finished command alive; what was printed has to be out first.
process.stdout.write('', () => process.exit(code))
