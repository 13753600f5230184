import { once } from 'node:events'
import { openStore } from '#core/store/open-store.ts'

/** Says that it is there, waits for the moment to begin, then tries for each run's lease at a moment of its own. */
const [path = '', owner = ''] = process.argv.slice(2)
const roundMs = 4
const store = openStore({ path })
const runs = store.runs.list().map(({ id }) => id)
process.stdout.write('ready\n')
const [startAtMs] = (await once(process.stdin, 'data')) as [Buffer]
const sleeper = new Int32Array(new SharedArrayBuffer(4))
const got = runs.filter((run, round) => {
  Atomics.wait(sleeper, 0, 0, Math.max(0, Number(startAtMs) + round * roundMs - Date.now()))
  return store.runs.takeLease(run, owner, Date.now(), 60_000)
})
process.stdout.write(JSON.stringify(got))
store.close()
process.exit()
