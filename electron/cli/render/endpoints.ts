import type { EngineStatus } from '#shared/domain/engine.ts'
import { engineName } from '#shared/domain/engine-name.ts'
import { plainLine } from './plain-text.ts'
import type { Style } from './style.ts'
import { table } from './table.ts'

/** One row an endpoint; below, what keeps those from answering that do not. */
export function renderEndpoints(statuses: readonly EngineStatus[], style: Style): string {
  const rows = statuses.map((status) => [
    plainLine(status.endpoint),
    engineName(status.kind),
    plainLine(status.address) + (status.remote ? style.open(' (another machine)') : ''),
    status.state === 'ready' ? style.pass(`ready, ${plainLine(status.version)}`) : style.fail(status.state),
  ])
  const heads = [{ title: 'Endpoint' }, { title: 'Engine' }, { title: 'Address' }, { title: 'State' }]
  const missing = statuses.flatMap((status) =>
    status.state === 'ready'
      ? []
      : [`${plainLine(status.endpoint)}: ${plainLine(status.reason)} ${style.dim(plainLine(status.hint))}`],
  )
  return [table(heads, rows, style), ...missing].join('\n')
}
