import type { LabClient } from '#shared/contract/contract.ts'
import { LabError } from '#shared/domain/error.ts'
import { variantsOf } from '#shared/domain/families.ts'
import type { Variant } from '#shared/domain/variant.ts'
import type { Context } from './context.ts'
import { followProgress } from './follow-progress.ts'

/** The tokens that the specimen was trained for, and a budget that its longest right answer stays far below. */
export const specimenLimits = { contextTokens: 512, maxTokens: 256 } as const

/** The specimen at these precisions, made where they are missing. In the order asked for. */
export async function prepareSpecimen(
  context: Context,
  lab: LabClient,
  precisions: readonly string[],
): Promise<readonly Variant[]> {
  const { signal } = context.interrupts
  await followProgress(context, lab['specimen.prepare']({ precisions: [...precisions] }, { signal }))
  const families = await lab['variants.list']({ refresh: true }, { signal })
  const found = variantsOf(families).filter(({ engine, family }) => engine === 'builtin' && family === 'specimen')
  return precisions.map((precision) => {
    const variant = found.find((candidate) => candidate.precision.name === precision)
    if (variant !== undefined) return variant
    throw new LabError('MODEL_NOT_FOUND', `The specimen's ${precision} variant is missing.`, {
      hint: `See what is wrong: ${context.program} doctor`,
    })
  })
}
