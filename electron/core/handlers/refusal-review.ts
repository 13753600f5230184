import type { PairedCell, RefusalAgreement, RefusalPairPage, ReviewQueue } from '#shared/contract/refusal-views.ts'
import type { Arm } from '#shared/domain/engine.ts'
import { runId, type CellId } from '#shared/domain/ids.ts'
import type { LabelRecord } from '#shared/domain/label.ts'
import type { Run } from '#shared/domain/run.ts'
import { labels } from '#shared/domain/words.ts'
import { agreements, decidedItems, fewestForKappa, type Reviewed } from '../analysis/refusals-agreement.ts'
import { probeCellFilter } from '../analysis/refusals-filter.ts'
import { questionPairs } from '../analysis/refusals-pairs.ts'
import { reviewOrder } from '../analysis/refusals-queue.ts'
import type { LabServices } from './lab-services.ts'
import { cellOutcome, promptsOf } from './refusal-log.ts'

/** So many cells are put into one order; more come when these are decided. */
const mostQueued = 5000
const mostDecided = 50

export interface PairQuery {
  readonly run: number
  readonly arm?: Arm | undefined
  readonly topic?: string | undefined
  readonly lang?: string | undefined
  readonly offset: number
  readonly limit: number
}

/** Sensitive questions beside their controls, with every variant's labels of the first sample. */
export function refusalPairPage(services: LabServices, query: PairQuery): RefusalPairPage {
  const run = services.runs.get(runId(query.run))
  const { topic, lang, offset, limit } = query
  const pairs = questionPairs(promptsOf(services, run.id)).filter(
    (pair) => pair.sensitive.topic === (topic ?? pair.sensitive.topic) && pair.lang === (lang ?? pair.lang),
  )
  const pairedCell = pairedCells(services, run, query.arm ?? run.arms[0] ?? 'natural')
  const rows = pairs.slice(offset, offset + limit).map((pair) => ({
    ...pair,
    cells: run.variants
      .filter(({ role }) => role !== 'repeat')
      .map(({ index }) => ({
        variantIndex: index,
        sensitive: pairedCell(index, pair.sensitive.promptIndex),
        control: pairedCell(index, pair.control.promptIndex),
      })),
  }))
  return { total: pairs.length, rows }
}

function pairedCells({ store }: LabServices, run: Run, arm: Arm) {
  return (variantIndex: number, promptIndex: number): PairedCell | null => {
    const cell = store.cells.find(run.id, variantIndex, promptIndex, arm, 0)
    return cell === null || cell.state === 'pending' ? null : { cell: cell.id, outcome: cellOutcome(cell) }
  }
}

export function reviewQueue(
  services: LabServices,
  query: {
    readonly run: number
    readonly kind: 'waiting' | 'check'
    readonly later: readonly number[]
    readonly limit: number
  },
): ReviewQueue {
  const { store, runs } = services
  const { id } = runs.get(runId(query.run))
  const waiting = query.kind === 'waiting'
  const filter = probeCellFilter(
    waiting ? { needsReview: true } : { needsReview: false, outcomes: labels, roles: ['sensitive', 'control'] },
    promptsOf(services, id),
  )
  const found = store.cells.page(id, { filter, sort: 'prompt', offset: 0, limit: mostQueued })
  // What a person has labelled is not waiting, but it is among those that the rules could be checked on.
  const done = waiting ? null : store.labels.latest(id, { source: 'person' })
  const open = found.rows.map((cell) => cell.id).filter((cell) => done?.has(cell) !== true)
  const unlabelled = { ...filter, outcomes: ['none' as const] }
  return {
    left: found.total - (found.rows.length - open.length),
    unlabelled: waiting ? store.cells.page(id, { filter: unlabelled, offset: 0, limit: 0 }).total : 0,
    cells: reviewOrder(open, query.later).slice(0, query.limit),
  }
}

/** How far people and rules agree on what people have labelled, and who labelled the rest. */
export function refusalAgreement(services: LabServices, run: number): RefusalAgreement {
  const { store, runs } = services
  const { id } = runs.get(runId(run))
  const latest = store.labels.latest(id)
  const reviewed = [...latest].flatMap(([cell, person]) => reviewedCell(services, cell, person))
  return {
    minimum: fewestForKappa,
    labelled: latest.size,
    reviewed: reviewed.length,
    withoutRules: reviewed.filter(({ rules }) => rules === null || rules.outcome === 'none').length,
    agreements: agreements(reviewed),
    labelledBy: countByAuthor([...latest.values()]),
    decided: decidedItems(reviewed, mostDecided),
  }
}

function reviewedCell({ store }: LabServices, id: CellId, person: LabelRecord): readonly Reviewed[] {
  const cell = person.source === 'person' ? store.cells.get(id) : null
  if (cell === null) return []
  const rules = store.labels.history(id).findLast(({ source }) => source === 'rules') ?? null
  return [{ person, rules, promptId: cell.promptId, variantIndex: cell.variantIndex }]
}

function countByAuthor(latest: readonly LabelRecord[]): RefusalAgreement['labelledBy'] {
  const groups = Map.groupBy(latest, ({ source, by }) => JSON.stringify([source, by]))
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    return first === undefined ? [] : [{ source: first.source, by: first.by, n: group.length }]
  })
}
