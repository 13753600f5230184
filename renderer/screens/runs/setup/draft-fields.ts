/** The numbers of a run: where they lie, and what stands there unless it is changed. */
interface NumberField {
  readonly from: number
  readonly to: number
  readonly whole: boolean
  /** Null: may be left empty, and then is not set. */
  readonly normal: number | null
}

const numberFields = {
  samples: { from: 1, to: 1000, whole: true, normal: 1 },
  temperature: { from: 0, to: 5, whole: false, normal: 0 },
  topP: { from: 0.01, to: 1, whole: false, normal: 1 },
  topK: { from: 0, to: 100_000, whole: true, normal: 0 },
  minP: { from: 0, to: 1, whole: false, normal: 0 },
  repeatPenalty: { from: 0.1, to: 5, whole: false, normal: 1 },
  seed: { from: 0, to: 2 ** 31 - 1, whole: true, normal: 1 },
  /** Points. */
  margin: { from: 0.1, to: 99, whole: false, normal: 2 },
  contextTokens: { from: 64, to: 4_194_304, whole: true, normal: 16_384 },
  maxTokens: { from: 1, to: 1_048_576, whole: true, normal: 8192 },
  idleSeconds: { from: 0.1, to: 86_400, whole: false, normal: 120 },
  retries: { from: 0, to: 10, whole: true, normal: 2 },
  limit: { from: 1, to: 200_000, whole: true, normal: null },
  alternatives: { from: 0, to: 20, whole: true, normal: null },
  threads: { from: 1, to: 1024, whole: true, normal: null },
  /** One-sided error rate of the verdict. */
  alpha: { from: 0.001, to: 0.499, whole: false, normal: 0.05 },
  concurrency: { from: 1, to: 64, whole: true, normal: null },
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
  const { from, to, whole, normal }: NumberField = numberFields[name]
  const usual = defaults[name] ?? normal
  const text = typed?.trim() ?? (usual === null ? '' : String(usual))
  if (text === '') {
    const problem = normal === null ? null : rangeText({ from, to, whole })
    return { text, value: null, problem }
  }
  const value = Number(text)
  const fits = Number.isFinite(value) && value >= from && value <= to && (!whole || Number.isInteger(value))
  return { text, value: fits ? value : null, problem: fits ? null : rangeText({ from, to, whole }) }
}

const rangeText = ({ from, to, whole }: Pick<NumberField, 'from' | 'to' | 'whole'>): string =>
  `${whole ? 'A whole number' : 'A number'} from ${from} to ${to}.`
