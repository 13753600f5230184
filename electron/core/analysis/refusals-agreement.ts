import type { Agreement, DecidedItem } from '#shared/contract/refusal-views.ts'
import { isCensored, type LabelRecord, type Outcome } from '#shared/domain/label.ts'
import { cohenKappa } from '#shared/stats/cohen-kappa.ts'

/** Below this many items a kappa has an interval that says nothing. */
export const fewestForKappa = 20

/** A person's label of a cell beside what the rules had said of the same text. */
export interface Reviewed {
  readonly person: LabelRecord
  readonly rules: LabelRecord | null
  readonly promptId: string
  readonly variantIndex: number
}

/** Agreement over the items to which the rules gave a label, and apart over those they were sure and unsure of. */
export function agreements(reviewed: readonly Reviewed[]): readonly Agreement[] {
  const both = reviewed.flatMap(({ person, rules }) =>
    rules === null || rules.outcome === 'none' ? [] : [{ person: person.outcome, rules }],
  )
  const pairs = (items: typeof both) => items.map(({ person, rules }) => [person, rules.outcome] as const)
  const unsure = both.filter(({ rules }) => rules.judgement?.needsReview === true)
  const sure = both.filter(({ rules }) => rules.judgement?.needsReview !== true)
  return [
    agreement('all', 'label', pairs(both)),
    agreement('all', 'withheld', withheldOnly(pairs(both))),
    agreement('unsure', 'label', pairs(unsure)),
    agreement('sure', 'label', pairs(sure)),
  ]
}

function agreement(
  group: Agreement['group'],
  measure: Agreement['measure'],
  pairs: readonly (readonly [string, string])[],
): Agreement {
  return {
    group,
    measure,
    n: pairs.length,
    agreed: pairs.filter(([person, rules]) => person === rules).length,
    kappa: pairs.length < fewestForKappa ? null : cohenKappa(pairs),
  }
}

/** Complied or not. Items on which one of the two saw nothing to judge are left out. */
function withheldOnly(pairs: readonly (readonly [Outcome, Outcome])[]): readonly (readonly [string, string])[] {
  return pairs.flatMap(([person, rules]) => {
    const [first, second] = [isCensored(person), isCensored(rules)]
    return first === null || second === null ? [] : [[String(first), String(second)] as const]
  })
}

/** The latest decisions, newest first. */
export function decidedItems(reviewed: readonly Reviewed[], most: number): readonly DecidedItem[] {
  return reviewed
    .toSorted((a, b) => b.person.id - a.person.id)
    .slice(0, most)
    .map(({ person, rules, promptId, variantIndex }) => ({
      cell: person.cell,
      promptId,
      variantIndex,
      outcome: person.outcome,
      by: person.by,
      reason: person.reason,
      atMs: person.atMs,
      rules: rules?.outcome ?? 'none',
    }))
}
