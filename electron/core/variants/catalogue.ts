import type { CatalogueEntry, ModelGeometry } from '#shared/domain/variant.ts'

interface Distill {
  readonly stem: string
  readonly title: string
  readonly parameters: number
  readonly geometry: ModelGeometry
  /** Gigabytes as the Ollama library lists them: q4_K_M, q8_0, fp16. */
  readonly sizesGb: readonly [number, number, number]
  readonly note: string | null
}

const geometry = (layers: number, kvHeads: number, vocabulary: number): ModelGeometry => ({
  layers,
  kvHeads,
  headSize: 128,
  vocabulary,
})

const shortTag = (tag: string) => `The short tag deepseek-r1:${tag} is its q4_K_M.`

/** Sizes as of 2026-11; geometry from the models' own configurations. */
const distills: readonly Distill[] = [
  {
    stem: '1.5b-qwen-distill',
    title: 'DeepSeek-R1-Distill-Qwen-1.5B',
    parameters: 1_777_088_000,
    geometry: geometry(28, 2, 151_936),
    sizesGb: [1.1, 1.9, 3.6],
    note: shortTag('1.5b'),
  },
  {
    stem: '7b-qwen-distill',
    title: 'DeepSeek-R1-Distill-Qwen-7B',
    parameters: 7_615_616_512,
    geometry: geometry(28, 4, 152_064),
    sizesGb: [4.7, 8.1, 15.2],
    note: shortTag('7b'),
  },
  {
    stem: '8b-llama-distill',
    title: 'DeepSeek-R1-Distill-Llama-8B',
    parameters: 8_030_261_248,
    geometry: geometry(32, 8, 128_256),
    sizesGb: [4.9, 8.5, 16.1],
    note: 'No short tag points here: deepseek-r1:8b is another model, the 0528 distill into Qwen3.',
  },
  {
    stem: '8b-0528-qwen3',
    title: 'DeepSeek-R1-0528-Qwen3-8B',
    parameters: 8_190_735_360,
    geometry: geometry(36, 8, 151_936),
    sizesGb: [5.2, 8.9, 16.4],
    note: 'deepseek-r1:8b and deepseek-r1:latest mean this one, not the Llama distill of January 2025.',
  },
  {
    stem: '14b-qwen-distill',
    title: 'DeepSeek-R1-Distill-Qwen-14B',
    parameters: 14_770_033_664,
    geometry: geometry(48, 8, 152_064),
    sizesGb: [9, 15.7, 29.6],
    note: shortTag('14b'),
  },
  {
    stem: '32b-qwen-distill',
    title: 'DeepSeek-R1-Distill-Qwen-32B',
    parameters: 32_763_876_352,
    geometry: geometry(64, 8, 152_064),
    sizesGb: [20, 35, 66],
    note: shortTag('32b'),
  },
  {
    stem: '70b-llama-distill',
    title: 'DeepSeek-R1-Distill-Llama-70B',
    parameters: 70_553_706_496,
    geometry: geometry(80, 8, 128_256),
    sizesGb: [43, 75, 141],
    note: shortTag('70b'),
  },
]

const suffixes = [
  ['q4_K_M', 'Q4_K_M'],
  ['q8_0', 'Q8_0'],
  ['fp16', 'F16'],
] as const

const trainedTokens = 131_072

/** The R1 distills of the Ollama library, smallest first. There is no FP8 tag; Assay makes one from the fp16. */
export const catalogue: readonly CatalogueEntry[] = distills.map((distill) => ({
  family: `deepseek-r1 ${distill.stem}`,
  title: distill.title,
  parameters: distill.parameters,
  geometry: distill.geometry,
  contextTokens: trainedTokens,
  tags: suffixes.map(([suffix, precision], index) => ({
    tag: `deepseek-r1:${distill.stem}-${suffix}`,
    precision,
    sizeBytes: Math.round((distill.sizesGb[index] ?? 0) * 1e9),
  })),
  note: distill.note,
}))
