import { useMemo, type RefObject } from 'react'
import { endpointName } from '#shared/domain/engine-name.ts'
import { rowsOf } from '#shared/domain/families.ts'
import { useWidth } from '../../charts/use-width.ts'
import { routeHash } from '../../routing/route.ts'
import { refine } from '../../routing/use-route.ts'
import { dataOf } from '../../stores/loadable.ts'
import { useApp, useLab } from '../../stores/use-app.ts'
import { Button, LinkButton } from '../../ui/button.tsx'
import { DataGrid } from '../../ui/data-grid.tsx'
import { sortGroups } from '../../ui/grid-column.ts'
import { useSorting } from '../../ui/use-sorting.ts'
import { EmptyState, ErrorNotice } from '../../ui/region.tsx'
import { EngineNotes, UnlistedFiles } from './engine-notes.tsx'
import { FamilyHead } from './family-head.tsx'
import { FaultRow, JobRow } from './job-rows.tsx'
import { ListHead } from './list-head.tsx'
import { LoadingRows } from './loading-rows.tsx'
import { memoryScale } from './memory-scale.ts'
import { useJobActions } from './use-jobs.ts'
import { useMachineBytes } from './use-machine-bytes.ts'
import type { VariantsData } from './use-variants.ts'
import { variantColumns } from './variant-columns.tsx'
import { listRows, placeOf, type ListRow } from './variant-rows.ts'
import type { VariantsQuery } from './variants-query.ts'
import { loadContext } from './variant-actions.tsx'
import styles from './variants.module.css'

const heights = { family: 32, job: 28, fault: 76 }

interface VariantsListProps {
  readonly query: VariantsQuery
  readonly data: VariantsData
  /** Where Enter goes. */
  readonly panel: RefObject<HTMLElement | null>
}

/** Every variant, by family, with what it needs in memory. */
export function VariantsList({ query, data, panel }: VariantsListProps) {
  const { families, all, fits, problems } = data
  const [element, width] = useWidth<HTMLDivElement>(900)
  const jobs = useApp((state) => state.jobs)
  const { start } = useJobActions()
  const engines = dataOf(useLab('engines.status', {})) ?? []
  const unlisted = dataOf(useLab('variants.unlisted', {})) ?? []
  const catalogue = dataOf(useLab('catalogue.list', {}))
  const listed = useMemo(
    () => listRows({ families: families ?? [], fits, jobs, catalogue: catalogue ?? [] }, query),
    [families, fits, jobs, catalogue, query],
  )
  const machineBytes = useMachineBytes()
  const scaleGigabytes = useMemo(() => memoryScale([...fits.values()], machineBytes), [fits, machineBytes])
  const columns = variantColumns({
    width,
    scaleGigabytes,
    contextTokens: query.contextTokens,
    selected: query.inspect,
    load: (variant) =>
      start({ kind: 'load', variant: variant.id, contextTokens: loadContext(variant, query.contextTokens) }),
    unload: (variant) => start({ kind: 'unload', variant: variant.id }),
  })
  const order = useSorting()
  const rows = sortGroups(listed, columns, { sorting: order.sorting, placeOf })
  const selected = rows.findIndex((row) => row.kind === 'variant' && row.places.some(({ id }) => id === query.inspect))
  const select = (index: number) => {
    const row = rows[index]
    if (row?.kind === 'variant') refine({ inspect: row.variant.id, make: undefined })
  }
  const open = () => panel.current?.focus()
  return (
    <section ref={element} className={styles['list']} aria-label="Variants">
      <ListHead
        query={query}
        shown={rows.filter(({ kind }) => kind === 'variant').length}
        total={rowsOf(families ?? []).length}
        endpoints={engines.map(({ endpoint, kind }) => ({ id: endpoint, name: endpointName(endpoint, kind) }))}
        freeBytes={Math.max(0, ...[...fits.values()].map(({ freeBytes }) => freeBytes))}
      />
      {problems.map((error) => (
        <ErrorNotice key={`${error.code} ${error.message}`} error={error} />
      ))}
      <div className={styles['rows']}>
        {families === null && problems.length === 0 ? (
          <LoadingRows columns={columns} />
        ) : (
          <DataGrid<ListRow>
            label="Variants"
            name="variants"
            main
            columns={columns}
            total={rows.length}
            row={(index) => rows[index]}
            span={spanOf}
            selected={selected === -1 ? null : selected}
            onSelect={select}
            onOpen={open}
            {...order}
            empty={<NothingShown query={query} any={all.length > 0} />}
          />
        )}
      </div>
      <UnlistedFiles files={unlisted} />
      <EngineNotes engines={engines} />
    </section>
  )
}

function spanOf(row: ListRow) {
  switch (row.kind) {
    case 'family':
      return { height: heights.family, node: <FamilyHead family={row.family} shown={row.shown} /> }
    case 'job':
      return { height: heights.job, node: <JobRow job={row.job} /> }
    case 'fault':
      return { height: heights.fault, node: <FaultRow job={row.job} /> }
    default:
      return null
  }
}

function NothingShown({ query, any }: { readonly query: VariantsQuery; readonly any: boolean }) {
  if (!any) {
    return (
      <EmptyState
        what="No variants were found."
        actions={
          <>
            <LinkButton href={routeHash('variants', ['catalogue'])}>Pull one</LinkButton>
            <LinkButton href={routeHash('settings')}>Add a folder with GGUF files</LinkButton>
          </>
        }
      >
        Variants come from the engines: tags that Ollama has, and GGUF files for the built-in engine.
      </EmptyState>
    )
  }
  return (
    <EmptyState
      what="No variant matches."
      actions={
        <Button onClick={() => refine({ q: undefined, engine: undefined, fits: undefined })}>Show all variants</Button>
      }
    >
      {query.search !== '' && `None is called “${query.search}”. `}
      {query.endpoint !== null && `Only those of ${query.endpoint} are looked at. `}
      {query.fits && `Only those that fit at ${query.contextTokens} tokens of context are looked at.`}
    </EmptyState>
  )
}
