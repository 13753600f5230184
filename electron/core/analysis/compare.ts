import type { Comparison, TagComparison } from '#shared/domain/comparison.ts'
import type { Arm } from '#shared/domain/engine.ts'
import { LabError } from '#shared/domain/error.ts'
import type { Run, RunVariant } from '#shared/domain/run.ts'
import type { Fingerprint } from '#shared/domain/trace.ts'
import { statsVersion } from '#shared/stats/stats-version.ts'
import type { CellFact } from '../store/store.ts'
import { compareVariant } from './compare-variant.ts'
import { groupByTag, type TagsOf } from './compare-tags.ts'
import { comparisonNotes } from './comparison-notes.ts'
import { layOutFacts } from './fact-grid.ts'
import { measureNoiseFloor } from './noise-floor.ts'

export interface CompareInput {
  readonly run: Run
  readonly facts: readonly CellFact[]
  readonly tagsOf: TagsOf
  readonly versions: Omit<Comparison['versions'], 'stats'>
  /** What the variants really ran with in this arm; without them nothing is said of it. */
  readonly fingerprints?: readonly Fingerprint[]
  /** Default: the run's first arm. */
  readonly arm?: Arm | undefined
  /** Index of a variant; default: the run's reference. */
  readonly reference?: number | undefined
  readonly margin?: number | undefined
  /** Compare by this tag only. */
  readonly tag?: string | undefined
}

/**
 * Everything Compare, the reports and the command line show of a run, from its cells alone. Pure: the same cells and options
 * give the same figures. Only prompts graded under both variants are paired; errors and ungradable answers are counted apart.
 * @throws LabError BAD_REQUEST for a reference or an arm that the run does not have
 */
export function compareRun(input: CompareInput): Comparison {
  const { run, facts } = input
  const arm = chooseArm(run, input.arm)
  const variants = run.variants.filter(({ role }) => role !== 'repeat')
  const reference = chooseReference(variants, input.reference)
  const margin = input.margin ?? run.spec.margin
  const { alpha } = run.spec
  const grid = layOutFacts(facts, arm)
  const compareOn = (prompts: readonly number[]) =>
    variants.map(({ index }) => compareVariant(grid, { index, reference }, { margin, alpha }, prompts))
  const whole = compareOn(grid.prompts)
  const byTag = groupByTag(grid.prompts, input.tagsOf, input.tag).map(({ tag, value, prompts }): TagComparison => ({
    tag,
    value,
    variants: compareOn(prompts),
  }))
  return {
    run: run.id,
    suite: nameSuites(run),
    reference,
    variants: whole.map((compared, place) => ({ ...compared, runVariant: variants[place] as RunVariant })),
    margin,
    alpha,
    seconds: run.activeSeconds,
    arm,
    byTag,
    noiseFloor: noiseFloor(run, grid),
    versions: { stats: statsVersion, ...input.versions },
    notes: comparisonNotes({
      run,
      grid,
      variants: whole,
      reference,
      margin,
      alpha,
      fingerprints: input.fingerprints ?? [],
    }),
  }
}

function chooseArm(run: Run, asked: Arm | undefined): Arm {
  const arm = asked ?? run.arms[0] ?? 'natural'
  if (run.arms.includes(arm)) return arm
  throw new LabError('BAD_REQUEST', `Run ${run.id} has no ${arm} arm.`, { hint: `Its arms: ${run.arms.join(', ')}.` })
}

function chooseReference(variants: readonly RunVariant[], asked: number | undefined): number {
  const found = variants.find(({ index, role }) => (asked === undefined ? role === 'reference' : index === asked))
  if (found !== undefined) return found.index
  throw new LabError('BAD_REQUEST', `The run has no variant ${asked} to compare with.`, {
    hint: `Choose an index from 0 to ${variants.length - 1}.`,
  })
}

function nameSuites(run: Run): Comparison['suite'] {
  const [only, ...more] = run.suites
  return {
    name: run.suites.map(({ name }) => name).join(' + '),
    hash: only !== undefined && more.length === 0 ? only.hash : null,
    n: run.suites.reduce((sum, { n }) => sum + n, 0),
  }
}

// Always the run's own reference: no other variant was run twice.
function noiseFloor(run: Run, grid: ReturnType<typeof layOutFacts>): Comparison['noiseFloor'] {
  const first = run.variants.find(({ role }) => role === 'reference')
  const second = run.variants.find(({ role }) => role === 'repeat')
  return first === undefined || second === undefined ? null : measureNoiseFloor(grid, first.index, second.index)
}
