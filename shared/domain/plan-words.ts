import { durationText } from './figures.ts'
import type { RunPlan } from './run.ts'

type Timed = Pick<RunPlan, 'seconds' | 'secondsFrom' | 'mostSeconds'>

/** What a plan's time rests on, in one sentence. */
export function timeRestsOn({ seconds, secondsFrom, mostSeconds }: Timed): string {
  if (seconds === null) return 'The time is not known: none of these variants has run here yet.'
  if (secondsFrom === 'these-prompts') return 'The time is that of earlier answers to these prompts, without loading.'
  const most = mostSeconds === null ? '' : `; ${durationText(mostSeconds)} and loading if each uses its whole budget`
  return `The time is guessed from answers to other prompts, without loading: answers to these may be much longer${most}.`
}
