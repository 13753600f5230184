/** Types that llama.cpp's quantizer makes here: its file type number, and about how many bits a weight takes. */
export const quantizeTypes = {
  Q8_0: { fileType: 7, bitsPerWeight: 8.5 },
  Q6_K: { fileType: 18, bitsPerWeight: 6.57 },
  Q5_K_M: { fileType: 17, bitsPerWeight: 5.71 },
  Q4_K_M: { fileType: 15, bitsPerWeight: 4.9 },
  Q4_0: { fileType: 2, bitsPerWeight: 4.66 },
  Q3_K_M: { fileType: 12, bitsPerWeight: 4.01 },
  Q2_K: { fileType: 10, bitsPerWeight: 3.18 },
} as const

export type QuantizeType = keyof typeof quantizeTypes

const fp8Types = ['FP8-E4M3', 'FP8-E5M2'] as const
export type Fp8Type = (typeof fp8Types)[number]

export type MakeType = QuantizeType | Fp8Type

/** Everything a variant can be made into, finest first. */
export const makeTypes: readonly MakeType[] = [
  'Q8_0',
  ...fp8Types,
  'Q6_K',
  'Q5_K_M',
  'Q4_K_M',
  'Q4_0',
  'Q3_K_M',
  'Q2_K',
]

/** Reads a type as people write it, in either case: `fp8` for E4M3, `q4-k-m`, with or without `(simulated)`. Null if none. */
export function parseMakeType(text: string): MakeType | null {
  const plain = text
    .toUpperCase()
    .replace(/\s*\(SIMULATED\)$/, '')
    .trim()
  if (plain === 'FP8') return 'FP8-E4M3'
  const normal = (name: string) => name.replace(/[-_ ]/g, '')
  return makeTypes.find((type) => normal(type) === normal(plain) || normal(type) === normal(`FP8${plain}`)) ?? null
}

export const isFp8 = (type: MakeType): type is Fp8Type => (fp8Types as readonly string[]).includes(type)
