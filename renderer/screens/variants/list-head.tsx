import { count } from '../../format/numbers.ts'
import { refine } from '../../routing/use-route.ts'
import { Checkbox, SearchField, Segment } from '../../ui/controls.tsx'
import { FitLegend } from './fit-bar.tsx'
import { contextChoices, contextText, type VariantsQuery } from './variants-query.ts'
import styles from './variants.module.css'

/** The context length that memory is worked out for. One that the address names stands beside the usual ones. */
export function ContextChooser({ contextTokens }: { readonly contextTokens: number }) {
  const choices = [...new Set([...contextChoices, contextTokens])].toSorted((a, b) => a - b)
  return (
    <span className="row">
      <span className="quiet">Context</span>
      <Segment
        label="Context length in tokens"
        value={String(contextTokens)}
        choices={choices.map((tokens) => ({ value: String(tokens), label: count(tokens) }))}
        onChange={(tokens) => refine({ ctx: contextText(Number(tokens)) })}
      />
    </span>
  )
}

export interface EndpointChoice {
  readonly id: string
  readonly name: string
}

interface ListHeadProps {
  readonly query: VariantsQuery
  readonly shown: number
  readonly total: number
  readonly endpoints: readonly EndpointChoice[]
  readonly freeBytes: number
}

/** Search, filters and the context length of the list. */
export function ListHead({ query, shown, total, endpoints, freeBytes }: ListHeadProps) {
  const filtered = query.search !== '' || query.endpoint !== null || query.fits
  return (
    <div className={styles['head']}>
      <SearchField
        label="Search variants"
        value={query.search}
        onChange={(q) => refine({ q })}
        {...(filtered && { count: `${shown} of ${total}` })}
      />
      {endpoints.length > 1 && (
        <Segment
          label="Engine"
          value={query.endpoint ?? ''}
          choices={[{ value: '', label: 'All' }, ...endpoints.map(({ id, name }) => ({ value: id, label: name }))]}
          onChange={(engine) => refine({ engine })}
        />
      )}
      <Checkbox checked={query.fits} onChange={(fits) => refine({ fits: fits ? 'yes' : undefined })}>
        <span className={styles['nowrap']}>Only what fits</span>
      </Checkbox>
      <ContextChooser contextTokens={query.contextTokens} />
      <FitLegend freeBytes={freeBytes} />
    </div>
  )
}
