import type { DoctorFinding, DoctorReport } from '#shared/contract/views.ts'
import type { EngineStatus } from '#shared/domain/engine.ts'
import { bytesText } from '#shared/domain/figures.ts'
import { plainLine } from './plain-text.ts'
import type { Style } from './style.ts'

/** One line a thing, its remedy below it. */
export function renderDoctor({ info, engines, findings }: DoctorReport, style: Style): string {
  const facts = [
    ['Assay', `${info.version}, Node ${info.node}, SQLite ${info.sqlite}, ${info.platform}`],
    ['Home', info.home],
    ['Store', `${info.storePath} (${bytesText(info.storeBytes)})`],
    ['Memory', `${bytesText(info.memory.freeBytes)} free of ${bytesText(info.memory.totalBytes)}`],
  ] as const
  const named = new Set(findings.map(({ name }) => name))
  const checks = [...engines.filter(({ endpoint }) => !named.has(endpoint)).map(engineFinding), ...findings].map(
    (finding) => findingLines(finding, style),
  )
  return [...facts.map(([name, text]) => `${style.title(name.padEnd(8))}${plainLine(text)}`), '', ...checks].join('\n')
}

function engineFinding(status: EngineStatus): DoctorFinding {
  const place = status.remote ? `${status.address}: requests leave this machine` : status.address
  if (status.state === 'ready') {
    return { name: status.endpoint, state: 'ok', detail: `${status.version} at ${place}`, hint: null }
  }
  const state = status.state === 'absent' ? 'missing' : 'broken'
  return { name: status.endpoint, state, detail: `${status.reason} (${place})`, hint: status.hint }
}

function findingLines({ name, state, detail, hint }: DoctorFinding, style: Style): string {
  const words = { ok: style.pass('ok     '), missing: style.open('missing'), broken: style.fail('broken ') }
  const line = `${words[state]}  ${style.title(plainLine(name))}  ${plainLine(detail)}`
  return hint === null ? line : `${line}\n         ${plainLine(hint)}`
}
