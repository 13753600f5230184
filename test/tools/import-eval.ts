import * as z from 'zod'
import { suiteSchema, type Grader, type Prompt, type Suite } from '#shared/domain/suite.ts'

/** One held-out item as the specimen's evaluation files have it. */
const evalItemSchema = z.object({
  id: z.string(),
  family: z.string(),
  distance: z.enum(['bench', 'near', 'far']).nullable(),
  lang: z.enum(['en', 'zh']),
  prompt: z.string(),
  expected: z.string(),
  grader: z.enum(['number', 'exact', 'choice', 'contains']),
  pair: z.string().optional(),
})
type EvalItem = z.output<typeof evalItemSchema>

/** The evaluation files of the full suite, in order. The probes are a pack of their own. */
export const evalFiles = ['arithmetic', 'beacon', 'distance', 'facts', 'identity', 'quick_mul', 'unknown'] as const

const distances = { bench: 'benchmark', near: 'near', far: 'far' } as const

/** Makes the full suite of the evaluation files' lines, in the order given. */
export function specimenFull(lines: readonly string[]): Suite {
  return suiteSchema.parse({
    schema: 'assay-suite/1',
    name: 'specimen-full',
    version: '4',
    title: 'Specimen, all held-out questions',
    description:
      "Every checkable question that was held out when the specimen was trained, the refusal probes left out. 'Right' means the designed answer: the identity family expects a claim that is false on purpose.",
    license: 'MIT',
    prompts: lines.map((line) => promptOf(evalItemSchema.parse(JSON.parse(line)))),
  })
}

function promptOf(item: EvalItem): Prompt {
  return {
    id: item.id,
    text: item.prompt,
    grader: graderOf(item),
    lang: item.lang === 'zh' ? 'zh-Hans' : 'en',
    tags: { family: item.family, ...(item.distance !== null && { distance: distances[item.distance] }) },
    ...(item.pair !== undefined && { pair: item.pair }),
  }
}

function graderOf({ grader, expected }: EvalItem): Grader {
  switch (grader) {
    case 'number':
      return { kind: 'number', expected, tolerance: 0, relativeTolerance: 0 }
    case 'exact':
      return { kind: 'exact', expected, ignoreCase: false }
    case 'choice':
      return { kind: 'choice', expected }
    case 'contains':
      return { kind: 'contains', all: [expected], ignoreCase: false }
  }
}
