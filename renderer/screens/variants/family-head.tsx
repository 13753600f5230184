import { parametersText } from '#shared/domain/figures.ts'
import type { Family, Variant } from '#shared/domain/variant.ts'
import { count } from '../../format/numbers.ts'
import { routeHash } from '../../routing/route.ts'
import { dataOf } from '../../stores/loadable.ts'
import { useApp, useLab } from '../../stores/use-app.ts'
import { Button, LinkButton } from '../../ui/button.tsx'
import { writeList } from '../runs/setup/draft-lists.ts'
import { useJobActions } from './use-jobs.ts'
import styles from './variants.module.css'

interface FamilyHeadProps {
  readonly family: Family
  /** Those that no filter hides: nobody compares what is not in sight. */
  readonly shown: readonly Variant[]
}

/** The head of a group: the model, and what can be done with the variants of it that are shown. */
export function FamilyHead({ family, shown }: FamilyHeadProps) {
  const { name, rows } = family
  const variants = rows.map(({ places: [first] }) => first)
  const about = familyText(variants)
  return (
    <div className={styles['family']}>
      <b className="clip" title={name}>
        {name}
      </b>
      <span className="hint clip grow" title={about}>
        {about}
      </span>
      {name === 'specimen' && <MakeRest variants={rows.flatMap(({ places }) => places)} />}
      {shown.length > 1 && (
        <LinkButton
          size="small"
          href={routeHash('runs', ['new'], { variants: writeList(shown.map(({ id }) => id)) })}
          title={compareTitle(name, shown.length, rows.length)}
        >
          Compare {shown.length}
        </LinkButton>
      )}
    </div>
  )
}

const compareTitle = (name: string, shown: number, all: number): string =>
  shown === all
    ? `Set up a run of all ${all} variants of ${name}`
    : `Set up a run of the ${shown} variants of ${name} that are shown; ${all - shown} more are filtered away`

/** What its variants have in common; where they differ, their rows say it. */
function familyText(variants: readonly Variant[]): string {
  const one = <T,>(values: readonly T[]): T | null => (new Set(values).size === 1 ? (values[0] ?? null) : null)
  const parameters = one(variants.map((variant) => variant.parameters))
  const context = one(variants.map(({ contextTokens }) => contextTokens))
  const abilities = variants[0]?.capabilities.filter((ability) =>
    variants.every(({ capabilities }) => capabilities.includes(ability)),
  )
  return [
    parameters === null ? null : `${parametersText(parameters)} parameters`,
    one(variants.map(({ architecture }) => architecture)),
    context === null ? null : `context ${count(context)}`,
    ...(abilities ?? []).filter((ability) => ability !== 'completion'),
  ]
    .filter((part) => part !== null)
    .join(', ')
}

/** The specimen is there to be compared in every precision: those that are missing are made in a few seconds. */
function MakeRest({ variants }: { readonly variants: readonly Variant[] }) {
  const { start } = useJobActions()
  const running = useApp(({ jobs }) =>
    jobs.some(({ request, state }) => request.kind === 'specimen' && state === 'running'),
  )
  const files = variants.filter(({ engine }) => engine === 'builtin')
  const source = files.find(({ precision }) => precision.name === 'F16')
  const offer = dataOf(useLab('variants.offer', source === undefined ? null : { variant: source.id }))
  const made = new Set(files.map(({ precision }) => precision.name.replace(' (simulated)', '')))
  const missing = offer?.types.filter(({ type }) => !made.has(type)).map(({ type }) => type) ?? []
  if (missing.length === 0) return null
  return (
    <Button
      size="small"
      disabled={running}
      title={`Make the specimen at ${missing.join(', ')}. Nothing is downloaded.`}
      onClick={() => start({ kind: 'specimen', precisions: missing })}
    >
      Make {missing.length} more
    </Button>
  )
}
