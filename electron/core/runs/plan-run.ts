import { LabError } from '#shared/domain/error.ts'
import type { EndpointId } from '#shared/domain/ids.ts'
import { finestFirst } from '#shared/domain/precision.ts'
import type { PlanWarning, RunPlan, RunSpec, RunVariant } from '#shared/domain/run.ts'
import type { Grader } from '#shared/domain/suite.ts'
import type { Variant } from '#shared/domain/variant.ts'
import { resolvablePoints } from '#shared/stats/power.ts'
import { foretellCell, type Foretold } from './earlier-cells.ts'
import { estimateTime, secondsLeft } from './estimate-time.ts'
import type { RunDeps } from './run-deps.ts'
import { lanesOf } from './variant-progress.ts'
import { selectPrompts, type SelectedPrompt } from './select-prompts.ts'

/** A plan with what the executor needs and a summary does not show. */
export interface PreparedRun {
  readonly plan: RunPlan
  readonly prompts: readonly SelectedPrompt[]
}

/**
 * Resolves every name in a spec and says what the run will cost. Starts nothing and stores nothing.
 * @throws LabError NOT_FOUND | MODEL_NOT_FOUND | BAD_REQUEST
 */
export async function planRun(deps: RunDeps, spec: RunSpec, signal?: AbortSignal): Promise<PreparedRun> {
  const suites = await Promise.all(spec.suites.map((name) => deps.suite(name)))
  const prompts = selectPrompts(suites, spec)
  if (prompts.length === 0) {
    throw new LabError('BAD_REQUEST', 'No prompt of these suites matches the filter.', {
      hint: 'Only prompts with fewer tags (`--where`), or another suite.',
    })
  }
  const variants = await resolveVariants(deps, spec, signal)
  const judge = await resolveJudge(deps, spec, signal)
  const cells = variants.length * spec.arms.length * spec.samples * prompts.length
  const graded = prompts.filter(({ prompt: { grader } }) => isGraded(grader, judge)).length
  const asked = suites.map((suite) => ({
    hash: suite.hash,
    name: suite.name,
    n: prompts.filter((selected) => selected.suite === suite).length,
  }))
  const judgeLoads = needsJudge(prompts) && judge !== null ? 1 : 0
  return {
    prompts,
    plan: {
      variants,
      suites: asked,
      cells,
      loads: variants.length + judgeLoads,
      bytes: variants.reduce((sum, { variant }) => sum + variant.sizeBytes, 0),
      ...estimateTimes(deps, spec, { variants, suites: asked, cells }),
      warnings: await collectWarnings(deps, spec, variants, prompts),
      graded,
      resolvablePoints: graded === 0 ? null : resolvablePoints(graded),
    },
  }
}

const isGraded = (grader: Grader | undefined, judge: Variant | null): boolean =>
  grader !== undefined && (grader.kind !== 'judge' || judge !== null)

const needsJudge = (prompts: readonly SelectedPrompt[]) => prompts.some(({ prompt }) => prompt.grader?.kind === 'judge')

/** A judge is looked for also where no prompt asks for one: a name that means nothing is a mistake. */
async function resolveJudge(deps: RunDeps, { judge }: RunSpec, signal?: AbortSignal): Promise<Variant | null> {
  if (judge === null) return null
  try {
    return await deps.variant(judge, signal)
  } catch (cause) {
    if (!(cause instanceof LabError) || cause.code !== 'MODEL_NOT_FOUND') throw cause
    throw new LabError(cause.code, `The judge cannot be found. ${cause.message}`, {
      ...(cause.hint === null ? {} : { hint: cause.hint }),
      cause,
    })
  }
}

/** The reference first, then from fine to coarse; the reference's second pass, if any, last. */
async function resolveVariants(deps: RunDeps, spec: RunSpec, signal?: AbortSignal): Promise<readonly RunVariant[]> {
  const found: Variant[] = []
  for (const name of spec.variants) {
    const variant = await deps.variant(name, signal)
    if (!found.some(({ id }) => id === variant.id)) found.push(variant)
  }
  refuseEqualDigests(found)
  const sorted = finestFirst(found)
  const reference = spec.reference === undefined ? sorted[0] : await deps.variant(spec.reference, signal)
  const first = sorted.find(({ id }) => id === reference?.id)
  if (first === undefined) {
    throw new LabError('BAD_REQUEST', `The reference ${spec.reference} is not one of the run's variants.`, {
      hint: 'Add it to the variants.',
    })
  }
  const ordered = [first, ...sorted.filter((variant) => variant !== first)]
  const planned = ordered.map((variant, index): RunVariant => ({
    index,
    variant,
    role: index === 0 ? 'reference' : 'candidate',
  }))
  return spec.noiseFloor ? [...planned, { index: planned.length, variant: first, role: 'repeat' }] : planned
}

/** Cells are pinned by digest: two names of one file would be the same cells twice. */
function refuseEqualDigests(variants: readonly Variant[]): void {
  for (const [index, variant] of variants.entries()) {
    const twin = variants.slice(0, index).find(({ digest }) => digest === variant.digest)
    if (twin !== undefined) {
      throw new LabError(
        'BAD_REQUEST',
        `${twin.name} and ${variant.name} have the same digest: they are one variant.`,
        {
          hint: 'Name it once. To compare a variant with itself, ask for the noise floor.',
        },
      )
    }
  }
}

type Times = Pick<RunPlan, 'seconds' | 'secondsFrom' | 'mostSeconds'>

/** The same estimate as while the run goes on, with nothing run yet. */
function estimateTimes(deps: RunDeps, spec: RunSpec, planned: Pick<RunPlan, 'variants' | 'suites' | 'cells'>): Times {
  const { variants, suites, cells } = planned
  const total = cells / variants.length
  const asked = { suites, maxTokens: spec.maxTokens }
  const foretold = variants.map(({ variant }) => foretellCell(deps.store, variant.digest, asked))
  const known = foretold.filter((one) => one !== null)
  if (known.length === 0) return { seconds: null, secondsFrom: null, mostSeconds: null }
  const tallies = variants.map(({ index }) => ({ variantIndex: index, total, done: 0, error: 0, totalMs: 0 }))
  const timed = (each: (one: Foretold) => number | null) =>
    secondsLeft(
      estimateTime(
        tallies,
        new Map(foretold.map((one, index) => [index, one === null ? null : each(one)])),
        lanesOf({ spec }),
      ),
    )
  return {
    seconds: timed(({ seconds }) => seconds),
    secondsFrom: known.every(({ from }) => from === 'these-prompts') ? 'these-prompts' : 'other-prompts',
    mostSeconds: timed((one) => one.mostSeconds),
  }
}

async function collectWarnings(
  deps: RunDeps,
  spec: RunSpec,
  variants: readonly RunVariant[],
  prompts: readonly SelectedPrompt[],
): Promise<readonly PlanWarning[]> {
  const warnings: PlanWarning[] = []
  const warn = (code: string, message: string) => warnings.push({ code, message })
  if (spec.maxTokens > spec.contextTokens) {
    warn(
      'budget-over-context',
      `The token budget (${spec.maxTokens}) is larger than the context (${spec.contextTokens}): long thinking will be cut.`,
    )
  }
  const longest = Math.max(...prompts.map(({ prompt }) => prompt.text.length))
  if (longest / 2 > spec.contextTokens) {
    warn(
      'prompt-over-context',
      `The longest prompt (${longest} characters) may not fit in a context of ${spec.contextTokens} tokens.`,
    )
  }
  const ungraded = prompts.filter(({ prompt }) => prompt.grader === undefined && prompt.probe === undefined).length
  if (ungraded > 0)
    warn('no-grader', `${ungraded} of ${prompts.length} prompts have no grader: they are generated and not counted.`)
  if (needsJudge(prompts) && spec.judge === null) {
    warn('no-judge', 'Some prompts want a judge and the run names none: they stay ungraded.')
  }
  if (!needsJudge(prompts) && spec.judge !== null) {
    warn('judge-unused', `No prompt of these suites wants a judge: ${spec.judge} will not be asked.`)
  }
  warnings.push(
    ...templateWarnings(variants),
    ...(await fitWarnings(deps, spec, variants)),
    ...(await featureWarnings(deps, spec, variants)),
  )
  return warnings
}

function templateWarnings(variants: readonly RunVariant[]): readonly PlanWarning[] {
  const families = new Set(variants.map(({ variant }) => variant.family))
  if (families.size < 2) return []
  return [
    {
      code: 'mixed-families',
      message: `These variants are of ${families.size} families (${[...families].join(', ')}); all are sent prompts in the reference's template.`,
    },
  ]
}

async function fitWarnings(
  deps: RunDeps,
  spec: RunSpec,
  variants: readonly RunVariant[],
): Promise<readonly PlanWarning[]> {
  const warnings: PlanWarning[] = []
  for (const { variant, role } of variants) {
    if (role === 'repeat') continue
    if (variant.contextTokens !== null && spec.contextTokens > variant.contextTokens) {
      warnings.push({
        code: 'context-over-training',
        message: `${variant.name} was trained for ${variant.contextTokens} tokens of context; the run asks for ${spec.contextTokens}.`,
      })
    }
    const fit = await deps.fit(variant, spec.contextTokens)
    if (fit.verdict === 'does-not-fit' || fit.verdict === 'tight') {
      const what = fit.verdict === 'tight' ? 'only just fits' : 'does not fit'
      warnings.push({
        code: fit.verdict,
        message: `${variant.name} ${what} in memory at ${spec.contextTokens} tokens of context.`,
      })
    }
  }
  return warnings
}

async function featureWarnings(
  deps: RunDeps,
  spec: RunSpec,
  variants: readonly RunVariant[],
): Promise<readonly PlanWarning[]> {
  const warnings: PlanWarning[] = []
  for (const endpoint of new Set(variants.map(({ variant }) => variant.endpoint))) {
    const features = await deps.engine(endpoint).features()
    const most = features.maxAlternatives
    if (spec.alternatives !== null && (most === null || spec.alternatives > most)) {
      const limit = most === null ? 'gives no log-probabilities' : `gives at most ${most} alternatives a token`
      throw new LabError('BAD_REQUEST', `${endpoint} ${limit}; the run asks for ${spec.alternatives}.`, {
        hint: 'Lower or drop `alternatives`.',
      })
    }
    if (spec.arms.includes('chat') && !features.chat) {
      throw new LabError('BAD_REQUEST', `${endpoint} has no chat call, so there is no chat arm.`, {
        hint: 'Drop the chat arm.',
      })
    }
    warnings.push(...threadWarnings(deps, spec, { endpoint, slots: features.concurrency }))
    if (spec.sampling.temperature === 0 && (spec.concurrency ?? features.concurrency) > 1) {
      warnings.push({
        code: 'concurrency',
        message: `${endpoint} serves several cells at once: greedy texts may then differ from run to run.`,
      })
    }
  }
  return warnings
}

/** llama.cpp's threads wait for each other at every layer: where one of them is kept off its core, all stand still. */
function threadWarnings(
  { cores, builtinThreads, engine }: RunDeps,
  spec: RunSpec,
  { endpoint, slots }: { readonly endpoint: EndpointId; readonly slots: number },
): readonly PlanWarning[] {
  const threads = spec.threads ?? builtinThreads()
  if (engine(endpoint).kind !== 'builtin' || threads === 1 || threads * slots < cores) return []
  const each = slots === 1 ? '' : ` in each of ${slots} generations`
  const message = `${threads} threads${each} take all ${cores} cores of this machine: a busy core then slows every token down, up to a hundredfold. Fewer threads are faster.`
  return [{ code: 'threads-over-cores', message }]
}
