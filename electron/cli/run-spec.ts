import type { Command } from 'commander'
import type { Arm, Sampling } from '#shared/domain/engine.ts'
import type { RunPlan, RunSpecInput } from '#shared/domain/run.ts'
import { decimalNumber, listOf, marginPoints, oneOf, tagFilter, wholeNumber } from './option-values.ts'

/** The options that make a run, as they were typed; what was not said is left to the lab. */
export interface SpecOptions extends Partial<Sampling> {
  readonly variants?: string[]
  readonly reference?: string
  readonly arms?: Arm[]
  readonly samples?: number
  readonly margin?: number
  readonly preset?: 'greedy' | 'deepseek-r1'
  readonly context?: number
  readonly maxTokens?: number
  readonly limit?: number
  readonly where?: Record<string, string>
  readonly alternatives?: number
  readonly judge?: string
  readonly noiseFloor?: boolean
  readonly name?: string
  readonly threads?: number
  readonly concurrency?: number
  readonly idleTimeout?: number
  readonly retries?: number
}

export function addSpecOptions(command: Command): Command {
  return command
    .optionsGroup('What is run:')
    .option('--variants <names...>', 'the variants, by name or id, as `variants` lists them; spaces or commas between')
    .option('--reference <name>', 'the one the others are compared with (default: the finest)')
    .option('--where <tag=value>', 'only prompts with this tag; may be repeated', tagFilter)
    .option('--limit <n>', 'at most this many prompts of a suite', wholeNumber(1))
    .option('--samples <n>', 'answers to each prompt', wholeNumber(1, 1000))
    .addOption(armsOption())
    .option('--noise-floor', 'run the reference twice, to see how far it differs from itself')
    .option('--judge <variant>', 'the model that answers judge graders')
    .option('--name <text>', 'a name for the run')
    .optionsGroup('How it is judged:')
    .option('--margin <points>', 'largest acceptable loss in points of accuracy (default: 2)', marginPoints)
    .optionsGroup('How it is sampled:')
    .addOption(oneOf('--preset <name>', 'sampling settings by name', ['greedy', 'deepseek-r1']))
    .option('--temperature <t>', '0 is greedy (default)', decimalNumber(0, 5))
    .option('--top-p <p>', 'nucleus', decimalNumber(0.000_001, 1))
    .option('--top-k <n>', '0 keeps all', wholeNumber(0, 100_000))
    .option('--min-p <p>', 'smallest share of the likeliest token', decimalNumber(0, 1))
    .option('--repeat-penalty <x>', '1 is none', decimalNumber(0.1, 5))
    .option('--seed <n>', 'seed of the first sample, equal for all variants', wholeNumber(0, 2 ** 31 - 1))
    .option('--alternatives <n>', 'keep log-probabilities with this many alternatives a token', wholeNumber(0, 20))
    .optionsGroup('How the engine runs it:')
    .option('--context <tokens>', 'context length', wholeNumber(64, 4_194_304))
    .option('--max-tokens <n>', 'token budget of an answer, thinking included', wholeNumber(1, 1_048_576))
    .option('--threads <n>', 'threads of the engine', wholeNumber(1, 1024))
    .option('--concurrency <n>', 'generations at the same time', wholeNumber(1, 64))
    .option('--idle-timeout <seconds>', 'a cell without new text for this long ends', decimalNumber(0.1, 86_400))
    .option('--retries <n>', 'tries after a failure that may pass', wholeNumber(0, 10))
    .optionsGroup('Options:')
}

function armsOption() {
  return listOf('--arms <names...>', 'how thinking is asked for', ['natural', 'forced', 'suppressed', 'chat'])
}

/** The spec as the lab takes it: defaults are the lab's. */
export async function makeSpec(suites: readonly string[], options: SpecOptions): Promise<RunSpecInput> {
  const { samplingPresets } = await import('#shared/domain/words.ts')
  const { variants = [], preset, context, idleTimeout } = options
  const sampling = { ...(preset === undefined ? {} : samplingPresets[preset]), ...pick(options, samplingKeys) }
  return {
    suites: [...suites],
    variants,
    sampling,
    ...pick(options, plainKeys),
    ...(context === undefined ? {} : { contextTokens: context }),
    ...(idleTimeout === undefined ? {} : { idleTimeoutMs: Math.round(idleTimeout * 1000) }),
  }
}

const samplingKeys = ['temperature', 'topP', 'topK', 'minP', 'repeatPenalty', 'seed'] as const
const plainKeys = [
  'reference',
  'arms',
  'samples',
  'margin',
  'maxTokens',
  'limit',
  'where',
  'alternatives',
  'judge',
  'noiseFloor',
  'name',
  'threads',
  'concurrency',
  'retries',
] as const

/** The keys that have a value: an absent option must not hide the lab's default. */
function pick<T extends object, K extends keyof T>(source: T, keys: readonly K[]): Partial<Pick<T, K>> {
  const kept = keys.filter((key) => source[key] !== undefined).map((key) => [key, source[key]] as const)
  // The entries are the source's own, by construction.
  return Object.fromEntries(kept) as Partial<Pick<T, K>>
}

/**
 * The context that every variant of the plan was trained for, where it is smaller than the plan's and nobody chose one:
 * beyond it a model writes nonsense, and measuring that is no measure of its precision.
 */
export function fitContext(
  spec: RunSpecInput,
  plan: RunPlan,
  planned: { readonly contextTokens: number },
): RunSpecInput {
  if (spec.contextTokens !== undefined) return spec
  const trained = plan.variants.map(({ variant }) => variant.contextTokens).filter((tokens) => tokens !== null)
  const smallest = Math.min(...trained)
  if (!(smallest < planned.contextTokens)) return spec
  const budget = Math.floor(smallest / 2)
  return { ...spec, contextTokens: smallest, maxTokens: Math.min(spec.maxTokens ?? budget, smallest) }
}
