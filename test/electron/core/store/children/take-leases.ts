import { openStore } from '#core/store/open-store.ts'
import { setTimeout as sleep } from 'node:timers/promises'

/** Tries for the lease of every run, in order, from a given moment on, and prints the runs it got. */
const [path = '', owner = '', startAtMs = '0'] = process.argv.slice(2)
const store = openStore({ path })
const runs = store.runs.list().map(({ id }) => id)
await sleep(Math.max(0, Number(startAtMs) - Date.now()))
const got = runs.filter((run) => store.runs.takeLease(run, owner, Date.now(), 60_000))
process.stdout.write(JSON.stringify(got))
store.close()
