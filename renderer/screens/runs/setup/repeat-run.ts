import type { Run, RunSpec } from '#shared/domain/run.ts'
import { samplingPresets } from '#shared/domain/words.ts'
import { writeList, writeTags } from './draft-lists.ts'
import type { DraftQuery, SamplingChoice } from './run-draft.ts'

/** The address that sets up the same run again: the same suites by hash, the same variants, every setting. */
export function repeatQuery({ name, spec, plan }: Pick<Run, 'name' | 'spec' | 'plan'>): DraftQuery {
  const variants = plan.variants.filter(({ role }) => role !== 'repeat').map(({ variant }) => variant.id)
  const reference = plan.variants[0]?.variant.id
  return {
    name,
    suite: writeList(plan.suites.map(({ hash }) => hash)),
    variants: writeList(variants),
    ...(spec.reference === undefined || reference === undefined ? {} : { reference }),
    ...(spec.arms.join() === 'natural' ? {} : { arms: writeList(spec.arms) }),
    ...samplingQuery(spec.sampling),
    samples: String(spec.samples),
    margin: String(Number((100 * spec.margin).toPrecision(12))),
    contextTokens: String(spec.contextTokens),
    maxTokens: String(spec.maxTokens),
    idleSeconds: String(spec.idleTimeoutMs / 1000),
    retries: String(spec.retries),
    ...(spec.limit === null ? {} : { limit: String(spec.limit) }),
    ...(spec.alternatives === null ? {} : { alternatives: String(spec.alternatives) }),
    ...(spec.alpha === 0.05 ? {} : { alpha: String(spec.alpha) }),
    ...(spec.threads === null ? {} : { threads: String(spec.threads) }),
    ...(spec.concurrency === null ? {} : { concurrency: String(spec.concurrency) }),
    ...(Object.keys(spec.where).length === 0 ? {} : { where: writeTags(spec.where) }),
    ...(spec.judge === null ? {} : { judge: spec.judge }),
    ...(spec.noiseFloor ? { noise: 'yes' } : {}),
  }
}

function samplingQuery(sampling: RunSpec['sampling']): DraftQuery {
  const seed = { seed: String(sampling.seed) }
  const preset = (Object.keys(samplingPresets) as (keyof typeof samplingPresets)[]).find((name) => {
    const { seed: _, ...settings } = samplingPresets[name]
    return Object.entries(settings).every(([key, value]) => sampling[key as keyof typeof sampling] === value)
  })
  const choice: SamplingChoice = preset ?? 'own'
  if (choice !== 'own') return { sampling: choice, ...seed }
  const { temperature, topP, topK, minP, repeatPenalty } = sampling
  const own = { temperature, topP, topK, minP, repeatPenalty }
  return { sampling: choice, ...Object.fromEntries(Object.entries(own).map(([k, v]) => [k, String(v)])), ...seed }
}
