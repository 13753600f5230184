import type { SuiteSummary } from '#shared/domain/suite.ts'
import { moment } from '../../../format/numbers.ts'
import { LinkButton } from '../../../ui/button.tsx'
import { Notice } from '../../../ui/region.tsx'
import { shortHash, suiteHref } from '../suite-address.ts'

interface Named {
  /** As the text says it. */
  readonly name: string
  /** The suite that is edited; null for one that is to be. */
  readonly original: SuiteSummary | null
  readonly suites: readonly SuiteSummary[]
}

/** A name means its newest version: what saving would put behind it is said before. */
export function NameNote(props: Named) {
  const { name, original, suites } = props
  if (suites.some((suite) => suite.name === name && suite.source === 'bundled')) {
    return (
      <Notice
        kind="warn"
        what={`A suite that ships with Assay is called ${name}, too.`}
        why="Saved under this name, yours is what runs and commands mean by it."
      />
    )
  }
  const other = overshadowed(props)
  if (other === null) return null
  const isNewer = original?.name === name
  return (
    <Notice
      kind={isNewer ? 'warn' : 'info'}
      what={
        isNewer
          ? `${name} was saved again since this text: ${shortHash(other.hash)}, ${moment(other.savedAtMs)}.`
          : `There is a suite called ${name} already.`
      }
      why={`Saved under this name, yours is its newest version; ${isNewer ? 'that one' : 'the other'} stays as an older one.`}
      actions={
        <LinkButton size="small" href={suiteHref(other.hash)}>
          Show it
        </LinkButton>
      }
    />
  )
}

/** The newest suite of the name, where it is not the one that is edited. */
function overshadowed({ name, original, suites }: Named): SuiteSummary | null {
  const newest = suites.find((suite) => suite.name === name)
  return newest === undefined || newest.hash === original?.hash ? null : newest
}
