import cliProgress from 'cli-progress'
import { bytesText, countText, durationText } from '#shared/domain/figures.ts'
import { plainLine } from './render/plain-text.ts'
import type { Terminal } from './terminal.ts'

export interface Standing {
  /** What is being worked on. */
  readonly label: string
  readonly done: number
  /** Null where nobody knows. */
  readonly total: number | null
  readonly unit: 'cells' | 'bytes'
  readonly secondsLeft?: number | null
}

/** One line on a terminal that is drawn over and over; where there is none, a line of its own every now and then. */
export interface ProgressLine {
  update(standing: Standing): void
  /** Takes the line away. Idempotent. */
  stop(): void
}

const barSize = 24

/** A log that is read while it is written shall not look as if nothing happened, and shall not be full of this. */
const toldEveryMs = 10_000

export function makeProgressLine(terminal: Terminal, now: () => number = () => performance.now()): ProgressLine {
  const { progress } = terminal
  if (progress === null) return makeSpacedLines(terminal, now)
  let latest: Standing | null = null
  const bar = new cliProgress.SingleBar({
    stream: progress.stream as NodeJS.WritableStream,
    format: (options, { progress: fraction }) => {
      if (latest === null) return ''
      return standingLine(latest, cliProgress.Format.BarFormat(fraction, options)).slice(0, progress.columns - 1)
    },
    barCompleteChar: '█',
    barIncompleteChar: '░',
    barsize: barSize,
    fps: 5,
    clearOnComplete: true,
    forceRedraw: true,
    linewrap: true,
    emptyOnZero: true,
    // Ctrl-C belongs to the command: a run is saved first.
    gracefulExit: false,
  })
  let started = false
  return {
    update(standing) {
      latest = standing
      const total = standing.total ?? 0
      if (!started) bar.start(total, standing.done)
      else {
        bar.setTotal(total)
        bar.update(Math.min(standing.done, total))
      }
      started = true
    },
    stop() {
      if (started) bar.stop()
      started = false
    },
  }
}

function makeSpacedLines({ note }: Pick<Terminal, 'note'>, now: () => number): ProgressLine {
  let toldMs = now()
  return {
    update(standing) {
      if (now() - toldMs < toldEveryMs) return
      toldMs = now()
      note(standingLine(standing, null))
    },
    stop() {},
  }
}

/** `Q8_0  ████░░░░  612/1,560 cells  39 %  1 min 12 s left`. */
export function standingLine({ label, done, total, unit, secondsLeft }: Standing, bar: string | null): string {
  const amount = unit === 'bytes' ? bytesText : countText
  const parts = [plainLine(label)]
  if (total === null) parts.push(amount(done))
  else {
    const share = total === 0 ? 0 : Math.floor((Math.min(done, total) / total) * 100)
    const amounts =
      unit === 'bytes' ? `${bytesText(done)} of ${bytesText(total)}` : `${countText(done)}/${countText(total)} cells`
    parts.push(...(bar === null ? [] : [bar]), amounts, `${share} %`)
  }
  if (secondsLeft !== undefined && secondsLeft !== null) parts.push(`${durationText(Math.ceil(secondsLeft))} left`)
  return parts.join('  ')
}
