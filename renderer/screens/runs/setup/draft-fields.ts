import { isWithin, rangeText, type NumberRange } from '../../../format/number-range.ts'

/** The numbers of a run: what they are called, where they lie, and what stands there unless it is changed. */
interface NumberField extends NumberRange {
  readonly label: string
  /** Null: may be left empty, and then is not set. */
  readonly normal: number | null
}

const numberFields = {
  samples: { label: 'Samples of each prompt', from: 1, to: 1000, whole: true, normal: 1 },
  temperature: { label: 'Temperature', from: 0, to: 5, whole: false, normal: 0 },
  topP: { label: 'Top-p', from: 0.01, to: 1, whole: false, normal: 1 },
  topK: { label: 'Top-k', from: 0, to: 100_000, whole: true, normal: 0 },
  minP: { label: 'Min-p', from: 0, to: 1, whole: false, normal: 0 },
  repeatPenalty: { label: 'Repeat penalty', from: 0.1, to: 5, whole: false, normal: 1 },
  seed: { label: 'Seed', from: 0, to: 2 ** 31 - 1, whole: true, normal: 1 },
  /** Points. */
  margin: { label: 'Margin', from: 0.1, to: 99, whole: false, normal: 2 },
  contextTokens: { label: 'Context', from: 64, to: 4_194_304, whole: true, normal: 16_384 },
  maxTokens: { label: 'Token budget of a cell', from: 1, to: 1_048_576, whole: true, normal: 8192 },
  idleSeconds: { label: 'Idle time-out', from: 0.1, to: 86_400, whole: false, normal: 120 },
  retries: { label: 'Retries', from: 0, to: 10, whole: true, normal: 2 },
  limit: { label: 'Prompts of each suite', from: 1, to: 200_000, whole: true, normal: null },
  alternatives: { label: 'Alternatives a token', from: 0, to: 20, whole: true, normal: null },
  threads: { label: 'Threads', from: 1, to: 1024, whole: true, normal: null },
  /** One-sided error rate of the verdict. */
  alpha: { label: 'Error rate of the verdict', from: 0.001, to: 0.499, whole: false, normal: 0.05 },
  concurrency: { label: 'Cells at once', from: 1, to: 64, whole: true, normal: null },
} as const satisfies Readonly<Record<string, NumberField>>

export type FieldName = keyof typeof numberFields
export const fieldNames = Object.keys(numberFields) as readonly FieldName[]

export interface ReadField {
  /** As typed, or the default. */
  readonly text: string
  readonly value: number | null
  readonly problem: string | null
}

/** What is typed, or the default of the models chosen, or the usual one. */
export function readField(
  name: FieldName,
  typed: string | undefined,
  defaults: Readonly<Partial<Record<FieldName, number>>>,
): ReadField {
  const field: NumberField = numberFields[name]
  const usual = defaults[name] ?? field.normal
  const text = typed?.trim() ?? (usual === null ? '' : String(usual))
  if (text === '') return { text, value: null, problem: field.normal === null ? null : rangeText(field) }
  const value = Number(text)
  return isWithin(value, field) ? { text, value, problem: null } : { text, value: null, problem: rangeText(field) }
}

/** Everything that may stand in the way of a plan, as its place on the screen is called. */
const labels = {
  ...(Object.fromEntries(fieldNames.map((name) => [name, numberFields[name].label])) as Record<FieldName, string>),
  suites: 'Suites',
  variants: 'Variants',
  where: 'Only prompts with',
}

export type ProblemName = keyof typeof labels
export const labelOf = (name: ProblemName): string => labels[name]
