import { openStore } from '#core/store/open-store.ts'
import { runId } from '#shared/domain/ids.ts'
import { killRecord } from '../kill-record.ts'

/** Records the missing cells of a run one after the other, and says so before the first. */
const [path = '', run = ''] = process.argv.slice(2)
const store = openStore({ path })
const missing = store.cells.missing(runId(Number(run)), { errors: true })
process.stdout.write('ready\n')
for (const { id } of missing) store.cells.record(killRecord(id))
store.close()
