import type { RunState } from '#shared/domain/run.ts'
import { Badge, type Tone } from '../../ui/badge.tsx'

const tones: Partial<Record<RunState, Tone>> = {
  running: 'live',
  failed: 'bad',
  interrupted: 'warn',
  paused: 'warn',
  cancelled: 'warn',
}

export function RunStateBadge({ state }: { readonly state: RunState }) {
  return <Badge tone={tones[state] ?? 'plain'}>{state}</Badge>
}
