import type { RunSummary } from '#shared/domain/run.ts'
import { duration, moment } from '../../format/numbers.ts'
import { RunStateBadge } from '../../ui/badge.tsx'
import type { Column } from '../../ui/grid-column.ts'

// Columns that every list of runs has, wherever it stands.

export const stateColumn: Column<RunSummary> = {
  key: 'state',
  title: 'State',
  width: '92px',
  order: ({ state }) => state,
  text: ({ state }) => state,
  cell: ({ state }) => <RunStateBadge state={state} />,
}

/** How long it was worked at. */
export const timeColumn: Column<RunSummary> = {
  key: 'time',
  title: 'Time',
  width: '76px',
  align: 'end',
  order: ({ activeSeconds }) => activeSeconds,
  text: ({ activeSeconds }) => (activeSeconds === 0 ? '-' : duration(activeSeconds)),
}

/** A run that has not begun stands where it was set up. */
export const startedColumn: Column<RunSummary> = {
  key: 'started',
  title: 'Started',
  width: '116px',
  order: ({ startedAtMs, createdAtMs }) => startedAtMs ?? createdAtMs,
  text: ({ startedAtMs, createdAtMs }) => moment(startedAtMs ?? createdAtMs),
}
