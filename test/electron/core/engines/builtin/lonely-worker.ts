// The worker where no process can be forked, as below Electron; `unprepared` leaves node-llama-cpp to find out.
import childProcess from 'node:child_process'
import { syncBuiltinESMExports } from 'node:module'
import { answerRehearsals } from '#core/engines/builtin/answer-rehearsals.ts'

childProcess.fork = () => {
  throw new Error('no process can be forked here')
}
syncBuiltinESMExports()
if (process.argv[2] !== 'unprepared') answerRehearsals()
await import('#core/engines/builtin/worker.ts')
