import type { SuiteSummary } from '#shared/domain/suite.ts'
import type { RunSummary } from '#shared/domain/run.ts'
import type { Family } from '#shared/domain/variant.ts'
import { variantsOf } from '#shared/domain/families.ts'
import { endpointName } from '#shared/domain/engine-name.ts'
import { go } from '../routing/use-route.ts'
import type { Command } from '../stores/offers.ts'

export function runCommands(runs: readonly RunSummary[]): readonly Command[] {
  return runs.flatMap((run) => {
    const command = (place: 'runs' | 'compare' | 'traces' | 'refusals', label: string): Command => ({
      id: `${place}:${run.id}`,
      group: 'Runs',
      label: `${label}${run.id} ${run.name}`,
      hint: run.state,
      run: () => go(place, [run.id]),
    })
    return [
      command('runs', 'Run '),
      run.isProbeRun ? command('refusals', 'Refusals of run ') : command('compare', 'Compare run '),
      command('traces', 'Traces of run '),
    ]
  })
}

export const suiteCommands = (suites: readonly SuiteSummary[]): readonly Command[] =>
  suites.map(({ hash, name, n }) => ({
    id: `suite:${hash}`,
    group: 'Suites',
    label: name,
    hint: `${n} prompts`,
    run: () => go('suites', [hash.replace('sha256:', '')]),
  }))

export const variantCommands = (families: readonly Family[]): readonly Command[] =>
  variantsOf(families).map(({ id, name, endpoint, engine, precision }) => ({
    id: `variant:${id}`,
    group: 'Variants',
    label: name,
    hint: `${precision.name}, ${endpointName(endpoint, engine)}`,
    run: () => go('variants', [], { inspect: id }),
  }))

/** How well a word is met by the label, or a little less well by its group's name. */
function score({ label, group }: Command, word: string): number {
  // What is called so goes before what stands under such a head: `report` means the report's formats before any `HTML`.
  return Math.max(2 * place(label, word), 2 * place(group, word) - 1)
}

/** 3 at the beginning of a text, 2 at that of a word in it, 1 inside one, 0 nowhere. */
function place(of: string, word: string): number {
  const text = of.toLowerCase()
  if (text.startsWith(word)) return 3
  if (!text.includes(word)) return 0
  return text.split(/[^\p{L}\p{N}]+/u).some((part) => part.startsWith(word)) || text.includes(` ${word}`) ? 2 : 1
}

/**
 * Commands in which every word is found, best first; those of a group stay together, and the group with the best one
 * comes first.
 */
export function matchCommands(commands: readonly Command[], text: string): readonly Command[] {
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
  const scored = commands.flatMap((command) => {
    const scores = words.map((word) => score(command, word))
    return scores.includes(0) ? [] : [{ command, points: scores.reduce((sum, points) => sum + points, 0) }]
  })
  const best = new Map<string, number>()
  for (const { command, points } of scored) best.set(command.group, Math.max(best.get(command.group) ?? -1, points))
  const rank = ({ group }: Command) => best.get(group) ?? 0
  const order = [...best.keys()]
  return scored
    .toSorted(
      (a, b) =>
        rank(b.command) - rank(a.command) ||
        order.indexOf(a.command.group) - order.indexOf(b.command.group) ||
        b.points - a.points,
    )
    .map(({ command }) => command)
}
