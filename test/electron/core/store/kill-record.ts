import type { CellId } from '#shared/domain/ids.ts'
import type { CellRecord } from '#core/store/store.ts'
import { failedRecord, makeJudgement, makeRecord } from './store-fixtures.ts'

/** What a cell holds follows from its id, so that whoever reads it knows whether it is whole. Every seventh fails. */
export function killRecord(id: CellId): CellRecord {
  const thinking = Array.from({ length: 300 }, (_, index) => ((id * 31 + index * 17) % 9973).toString(36)).join(' ')
  if (id % 7 === 0) return failedRecord(id, { thinking: `everycell ${thinking}` })
  return makeRecord(id, {
    thinking: `everycell ${thinking}`,
    judgement: makeJudgement('complied'),
    tokens: [{ text: `t${id}`, logprob: -1, id: id, alternatives: [] }],
  })
}
