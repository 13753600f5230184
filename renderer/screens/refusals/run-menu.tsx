import { ChevronDown } from 'lucide-react'
import type { RunSummary } from '#shared/domain/run.ts'
import { moment } from '../../format/numbers.ts'
import { go } from '../../routing/use-route.ts'
import { Button } from '../../ui/button.tsx'
import { Menu } from '../../ui/menu.tsx'
import type { RefusalTab } from './refusals-query.ts'

const mostRuns = 20

/** The other probe runs, newest first. */
export function RunMenu({
  runs,
  current,
  tab,
}: {
  readonly runs: readonly RunSummary[]
  readonly current: number
  readonly tab: RefusalTab
}) {
  return (
    <Menu
      label="Probe runs"
      items={runs.slice(0, mostRuns).map(({ id, name, createdAtMs }) => ({
        key: String(id),
        label: `${id} ${name}`,
        hint: moment(createdAtMs),
        disabled: id === current,
        onChoose: () => go('refusals', [id, tab]),
      }))}
      trigger={
        <Button kind="quiet" size="small" title="Another probe run">
          Run {current} <ChevronDown aria-hidden />
        </Button>
      }
    />
  )
}
