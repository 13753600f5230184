import { useMemo, useRef, type RefObject } from 'react'
import { variantsOf } from '#shared/domain/families.ts'
import { useWidth } from '../../charts/use-width.ts'
import { endpointName } from '#shared/domain/engine-name.ts'
import { routeHash, type Route } from '../../routing/route.ts'
import { go, refine } from '../../routing/use-route.ts'
import { TopBar } from '../../shell/topbar.tsx'
import { useActions } from '../../actions/use-actions.ts'
import { dataOf } from '../../stores/loadable.ts'
import { useApp, useAppStore, useLab } from '../../stores/use-app.ts'
import { Button } from '../../ui/button.tsx'
import { DataGrid } from '../../ui/data-grid.tsx'
import { sortGroups } from '../../ui/grid-column.ts'
import { useSorting } from '../../ui/use-sorting.ts'
import { Bones, ErrorNotice, Notice } from '../../ui/region.tsx'
import { catalogueColumns, EntryHead } from './catalogue-columns.tsx'
import { catalogueRows, type CatalogueRow } from './catalogue-rows.ts'
import { FitLegend } from './fit-bar.tsx'
import { FaultRow, JobRow } from './job-rows.tsx'
import { ContextChooser } from './list-head.tsx'
import { memoryScale } from './memory-scale.ts'
import { PullForm } from './pull-form.tsx'
import { useJobActions } from './use-jobs.ts'
import { useMachineBytes } from './use-machine-bytes.ts'
import { contextText, readContext } from './variants-query.ts'
import catalogueStyles from './catalogue.module.css'
import styles from './variants.module.css'

/** The R1 distills at every precision: how large, whether they fit before they are pulled, and pulling them. */
export function CatalogueView({ route }: { readonly route: Route }) {
  const contextTokens = readContext(route.query['ctx'])
  const name = route.query['name'] ?? ''
  const back = routeHash('variants', [], { ctx: contextText(contextTokens) })
  useActions('variants', { close: () => go('variants', [], { ctx: contextText(contextTokens) }) })
  const { endpoint, endpoints, silent } = usePullEndpoints(route.query['engine'])
  const list = useLab('catalogue.list', {})
  const entries = dataOf(list) ?? []
  const button = useRef<HTMLButtonElement>(null)
  return (
    <>
      <TopBar path={[{ label: 'Variants', href: back }]} title="Catalogue" />
      <div className={styles['view']}>
        <div className={catalogueStyles['catalogue']}>
          <PullForm name={name} endpoint={endpoint} endpoints={endpoints} entries={entries} button={button} />
          {endpoint === null && silent !== null && <NoOllama {...silent} />}
          <Pulls />
          {list.status === 'failed' && <ErrorNotice error={list.error} />}
          {dataOf(list) === null ? (
            list.status === 'loading' && <Bones rows={10} />
          ) : (
            <Distills name={name} contextTokens={contextTokens} endpoint={endpoint} button={button} />
          )}
        </div>
      </div>
    </>
  )
}

/** Engines that pull: those of Ollama that answer. `silent`: one that would, but does not. */
function usePullEndpoints(wanted: string | undefined) {
  const engines = dataOf(useLab('engines.status', {})) ?? []
  const endpoints = engines.flatMap((engine) =>
    engine.state === 'ready' && engine.features.pull ? [engine.endpoint as string] : [],
  )
  // What is asked for at one endpoint is never pulled to another.
  const known = engines.some(({ endpoint }) => endpoint === wanted)
  const endpoint = endpoints.find((id) => id === wanted) ?? (known ? null : (endpoints[0] ?? null))
  const silent = engines.find(({ endpoint: id, kind, state }) =>
    known ? id === wanted && state !== 'ready' : kind === 'ollama' && state !== 'ready',
  )
  return {
    endpoints,
    endpoint,
    silent:
      silent === undefined || silent.state === 'ready'
        ? null
        : { name: endpointName(silent.endpoint, silent.kind), reason: silent.reason, hint: silent.hint },
  }
}

function NoOllama({ name, reason, hint }: { readonly name: string; readonly reason: string; readonly hint: string }) {
  const store = useAppStore()
  return (
    <Notice
      kind="info"
      what={`Pulling needs ${name}, which does not answer`}
      why={`${reason} ${hint}`}
      actions={
        <Button size="small" onClick={() => store.getState().invalidate((call) => call === 'engines.status')}>
          Look again
        </Button>
      }
    />
  )
}

/** Every pull of this session, whatever it was started from. */
function Pulls() {
  const jobs = useApp((state) => state.jobs)
  const pulls = jobs.filter(({ request }) => request.kind === 'pull')
  const { dismiss } = useJobActions()
  if (pulls.length === 0) return null
  return (
    <section className={catalogueStyles['pulls']} aria-label="Pulls">
      <h2>Pulls</h2>
      <ul>
        {pulls.map((job) => (
          <li key={job.id}>
            {job.state === 'running' && <JobRow job={job} />}
            {(job.state === 'failed' || job.state === 'cancelled') && <FaultRow job={job} />}
            {job.state === 'done' && job.request.kind === 'pull' && (
              <div className={styles['job']}>
                <code className={styles['job-name']}>{job.request.name}</code>
                <span className="grow">
                  pulled.{' '}
                  <a href={routeHash('variants', [], { inspect: `${job.request.endpoint}:${job.request.name}` })}>
                    Show it
                  </a>
                </span>
                <Button size="small" kind="quiet" onClick={() => dismiss(job.id)}>
                  Take away
                </Button>
              </div>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

interface DistillsProps {
  readonly name: string
  readonly contextTokens: number
  readonly endpoint: string | null
  readonly button: RefObject<HTMLButtonElement | null>
}

function Distills({ name, contextTokens, endpoint, button }: DistillsProps) {
  const [element, width] = useWidth<HTMLDivElement>(1000)
  const entries = dataOf(useLab('catalogue.list', {}))
  const families = dataOf(useLab('variants.list', { refresh: false }))
  const needs = useLab('catalogue.fit', { contextTokens, ...(endpoint !== null && { endpoint }) })
  const fits = dataOf(needs)
  const jobs = useApp((state) => state.jobs)
  const { start, cancel } = useJobActions()
  const listed = useMemo(
    () =>
      catalogueRows({
        entries: entries ?? [],
        fits: fits ?? [],
        variants: variantsOf(families ?? []),
        jobs,
        endpoint,
      }),
    [entries, fits, families, jobs, endpoint],
  )
  const scaleGigabytes = memoryScale(fits ?? [], useMachineBytes())
  const columns = catalogueColumns({
    width,
    contextTokens,
    scaleGigabytes,
    pull: endpoint === null ? null : (tag) => start({ kind: 'pull', endpoint, name: tag }),
    cancel,
  })
  const order = useSorting()
  const rows = sortGroups(listed, columns, {
    sorting: order.sorting,
    placeOf: ({ kind }) => (kind === 'entry' ? 'head' : 'row'),
  })
  const selected = rows.findIndex((row) => row.kind === 'tag' && row.tag.tag === name)
  const select = (index: number) => {
    const row = rows[index]
    if (row?.kind === 'tag') refine({ name: row.tag.tag })
  }
  return (
    <section ref={element} className={catalogueStyles['distills']} aria-label="DeepSeek-R1 distills">
      <div className={styles['head']}>
        <h2>DeepSeek-R1 distills</h2>
        <ContextChooser contextTokens={contextTokens} />
        <FitLegend freeBytes={fits?.[0]?.freeBytes ?? 0} />
      </div>
      {needs.status === 'failed' && <ErrorNotice error={needs.error} />}
      <div className={styles['rows']}>
        <DataGrid<CatalogueRow>
          label="Catalogue"
          name="catalogue"
          main
          columns={columns}
          total={rows.length}
          row={(index) => rows[index]}
          span={(row) => (row.kind === 'entry' ? { height: 32, node: <EntryHead entry={row.entry} /> } : null)}
          selected={selected === -1 ? null : selected}
          onSelect={select}
          // A download of many gigabytes is not begun by one key: Enter goes to the button that does it.
          onOpen={() => button.current?.focus()}
          {...order}
        />
      </div>
    </section>
  )
}
