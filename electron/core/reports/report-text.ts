import type { Comparison } from '#shared/domain/comparison.ts'
import { countText, marginText, durationText } from '#shared/domain/figures.ts'
import type { ReportInput } from './report-input.ts'
import { variantNames } from '#shared/domain/variant-names.ts'

/** Sentences that the HTML and the Markdown report share. Plain text: each escapes it for itself. */

export const candidates = ({ variants, reference }: Comparison): Comparison['variants'] =>
  variants.filter(({ index }) => index !== reference)

export const namesOf = ({ variants }: Comparison): ReadonlyMap<number, string> =>
  variantNames(variants.map(({ runVariant }) => runVariant))

export const referenceName = (comparison: Comparison): string =>
  namesOf(comparison).get(comparison.reference) ?? 'the reference'

/** The result in one sentence: what a reader takes away who reads nothing else. */
export function headline(comparison: Comparison): string {
  const others = candidates(comparison)
  const names = namesOf(comparison)
  const named = (verdict: string) =>
    others.filter((variant) => variant.verdict === verdict).map(({ index }) => names.get(index) ?? '')
  const margin = marginText(comparison.margin)
  const reference = referenceName(comparison)
  const parts = [
    clause(named('pass'), (list, one) => `${list} ${one ? 'is' : 'are'} within ${margin} of ${reference}`),
    clause(named('fail'), (list, one) => `${list} ${one ? 'is' : 'are'} worse by more than ${margin}`),
    clause(named('inconclusive'), (list) => `for ${list} these prompts cannot tell yet`),
  ].filter((part) => part !== null)
  if (parts.length === 0) return 'No variant could be compared with the reference.'
  const sentence = parts.join('; ')
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`
}

function clause(names: readonly string[], say: (list: string, one: boolean) => string): string | null {
  if (names.length === 0) return null
  return say(new Intl.ListFormat('en').format(names), names.length === 1)
}

export interface Setting {
  readonly name: string
  readonly value: string
}

/** How the run was made, as names and values. */
export function settings({ arms, run }: ReportInput): readonly Setting[] {
  const [{ comparison }] = arms
  const { suite, margin, alpha } = comparison
  const { sampling, contextTokens, maxTokens } = run.spec
  return [
    { name: 'Suite', value: `${suite.name}, ${countText(suite.n)} prompts` },
    ...run.suites.map(({ name, hash }) => ({ name: `Hash of ${name}`, value: hash })),
    { name: 'Reference', value: referenceName(comparison) },
    { name: 'Samples a prompt', value: countText(run.samples) },
    { name: arms.length === 1 ? 'Arm' : 'Arms', value: run.arms.join(', ') },
    { name: 'Sampling', value: samplingText(sampling) },
    { name: 'Context, token budget', value: `${countText(contextTokens)}, ${countText(maxTokens)} tokens` },
    { name: 'Margin, alpha', value: `${marginText(margin)}, ${alpha} one-sided; ${fixedWhen(comparison, run)}` },
    { name: 'Time', value: `${durationText(run.activeSeconds)} for ${countText(run.counts.done)} cells` },
    { name: 'Versions', value: Object.values(comparison.versions).join(', ') },
  ]
}

const fixedWhen = ({ margin, alpha }: Comparison, { spec }: ReportInput['run']): string =>
  margin === spec.margin && alpha === spec.alpha ? 'fixed before the first cell' : 'chosen after the run'

function samplingText({ temperature, topP, topK, minP, repeatPenalty, seed }: ReportInput['run']['spec']['sampling']) {
  if (temperature === 0)
    return repeatPenalty === 1 ? 'temperature 0 (greedy)' : `greedy, repeat penalty ${repeatPenalty}`
  return `temperature ${temperature}, top-p ${topP}, top-k ${topK}, min-p ${minP}, repeat penalty ${repeatPenalty}, seed ${seed}, equal for all variants`
}

/** What was computed and how, for somebody who wants to check it. */
export function methods({ arms, run }: ReportInput): readonly string[] {
  const [{ comparison }] = arms
  const { margin, alpha, noiseFloor } = comparison
  const reference = referenceName(comparison)
  const confidence = `${Number((100 - 200 * alpha).toPrecision(6))} %`
  return [
    `Every variant was sent the same prompt text with the same settings. Only the answer is graded, never the thinking. A prompt is compared where both ${reference} and the variant have a graded answer; failures and answers that cannot be graded are left out and counted.`,
    `Loss is the accuracy of ${reference} minus the variant's on the same prompts, in percentage points: a loss is positive. Lost: right under ${reference}, wrong under the variant. Gained: the reverse.`,
    `Accuracy has Wilson's 95 % interval.${run.samples > 1 ? ' Its n is the number of prompts, not of samples.' : ''}`,
    run.samples > 1
      ? "The loss has a bootstrap interval: prompts are drawn with replacement, 2,000 times, each with all its samples. Where fewer than 10 prompts differ, it is Newcombe's method 10 with each prompt counted once."
      : "The loss has Newcombe's interval for paired shares, method 10 (Statistics in Medicine 17, 1998).",
    `The verdict is a test of non-inferiority: within ${marginText(margin)} if the whole ${confidence} interval lies below the margin, worse if it lies above, else it cannot be told. Where the true loss is the margin itself, either comes out in about ${100 * alpha} % of runs.`,
    'McNemar is the exact two-sided test of whether lost and gained are equally likely. A large p is not evidence of no loss.',
    'How many prompts an open verdict needs is computed for a power of 80 % from the flips seen, as if there were no loss; where that many were run already, from the loss seen.',
    noiseFloor === null
      ? `No noise floor was measured: how often ${reference} would differ from itself in a second pass is not known.`
      : `The noise floor is ${reference} run twice.`,
  ]
}

/** What the figures do not say. */
export function limits(comparison: Comparison): readonly string[] {
  const onOllama = comparison.variants.some(({ runVariant }) => runVariant.variant.engine === 'ollama')
  const simulated = comparison.variants.some(({ runVariant }) => runVariant.variant.precision.simulated)
  return [
    'The figures hold for prompts like these, with this engine and these settings. They say nothing of other tasks.',
    'Speed was measured on one machine while the run was going on; its interval says how much it varied over the prompts, and nothing of other machines.',
    ...(onOllama
      ? [
          'Which type the KV cache had is set where the Ollama server was started (OLLAMA_KV_CACHE_TYPE) and cannot be read from it. A quantized one costs quality as quantized weights do.',
        ]
      : []),
    ...(simulated
      ? [
          'Simulated: the weights were rounded to the other format and are stored and computed as F16. Activations are not rounded; size and speed are not those of real FP8.',
        ]
      : []),
  ]
}

export const engineText = ({ fingerprints }: ReportInput): readonly string[] => [
  ...new Set(fingerprints.map(({ engine, engineVersion }) => `${engine} ${engineVersion}`.trim())),
]
