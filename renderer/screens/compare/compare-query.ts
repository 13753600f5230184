import { arms, type Arm } from '#shared/domain/engine.ts'
import type { Quadrants } from '#shared/domain/comparison.ts'
import { wholeNumber, type Route } from '../../routing/route.ts'
import type { CallInput } from '../../stores/query-slice.ts'

export type Quadrant = keyof Quadrants
export const quadrants = ['bothRight', 'lost', 'gained', 'bothWrong'] as const satisfies readonly Quadrant[]

export interface TagChoice {
  readonly name: string
  readonly value: string
}

/** What is chosen on the Compare screen, as its address says it. Null: the run's own, or the screen's default. */
export interface CompareChoice {
  readonly run: number
  readonly variant: number | null
  readonly quadrant: Quadrant
  readonly tag: TagChoice | null
  /** Tag that the chart by tag shows. */
  readonly by: string | null
  /** Share. */
  readonly margin: number | null
  readonly reference: number | null
  readonly arm: Arm | null
  readonly search: string
  readonly blind: boolean
  /** Charts shown as tables, by name. */
  readonly tables: ReadonlySet<string>
}

/** Anything in an address that makes no sense is as if it were not there. */
export function readChoice({ path, query }: Route): CompareChoice | null {
  const run = wholeNumber(path[0])
  if (run === null || run === 0) return null
  const points = Number(query['margin'])
  return {
    run,
    variant: wholeNumber(query['variant']),
    quadrant: quadrants.find((name) => name === query['quadrant']) ?? 'lost',
    tag: readTag(query['tag']),
    by: query['by'] ?? null,
    margin: points > 0 && points < 100 ? points / 100 : null,
    reference: wholeNumber(query['ref']),
    arm: arms.find((name) => name === query['arm']) ?? null,
    search: query['q'] ?? '',
    blind: query['blind'] === '1',
    tables: new Set((query['tables'] ?? '').split(',').filter((name) => name !== '')),
  }
}

/** `distance:far`; the value may hold colons. */
export const writeTag = (tag: TagChoice | null): string | undefined =>
  tag === null ? undefined : `${tag.name}:${tag.value}`

function readTag(text: string | undefined): TagChoice | null {
  const at = text?.indexOf(':') ?? -1
  return text === undefined || at < 1 ? null : { name: text.slice(0, at), value: text.slice(at + 1) }
}

/** The question that answers everything on the screen but the list of prompts. */
export const comparisonInput = ({ run, margin, reference, arm }: CompareChoice): CallInput<'compare.get'> => ({
  run,
  ...(margin === null ? {} : { margin }),
  ...(reference === null ? {} : { reference }),
  ...(arm === null ? {} : { arm }),
})

/** The question for the prompts of the chosen quadrant. */
export function quadrantInput(choice: CompareChoice, variant: number): CallInput<'compare.flips'> {
  const { run, quadrant, reference, arm, tag, search } = choice
  return {
    run,
    variantIndex: variant,
    quadrant,
    ...(reference === null ? {} : { reference }),
    ...(arm === null ? {} : { arm }),
    ...(tag === null ? {} : { tag }),
    ...(search === '' ? {} : { query: search }),
  }
}

/** The query of an address that keeps what is chosen. */
export const choiceQuery = (choice: CompareChoice): Readonly<Record<string, string | number | undefined>> => ({
  variant: choice.variant ?? undefined,
  quadrant: choice.quadrant === 'lost' ? undefined : choice.quadrant,
  tag: writeTag(choice.tag),
  by: choice.by ?? undefined,
  margin: choice.margin === null ? undefined : Number((100 * choice.margin).toPrecision(6)),
  ref: choice.reference ?? undefined,
  arm: choice.arm ?? undefined,
  q: choice.search,
  blind: choice.blind ? 1 : undefined,
  tables: [...choice.tables].join(','),
})
