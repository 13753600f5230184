import { shortDigest } from '#shared/domain/ids.ts'
import type { RunSpec, Run } from '#shared/domain/run.ts'
import { runSpecSchema } from '#shared/domain/run.ts'

/**
 * The command that does the same run again: everything that differs from the defaults, quoted for a POSIX shell. Files go by
 * their digests: a report is published, and a path tells whose machine it was.
 */
export function repeatCommand(run: Run): string {
  const { spec } = run
  const options = [
    ...spec.suites.map(quote),
    `--variants ${spec.variants.map((name) => quote(withoutPath(run, name))).join(' ')}`,
    ...unlessDefault({ ...spec, reference: spec.reference && withoutPath(run, spec.reference) }),
    ...samplingOptions(spec),
    ...Object.entries(spec.where).map(([tag, value]) => `--where ${quote(`${tag}=${value}`)}`),
  ]
  return `npm run -s assay -- run ${options.join(' ')}`
}

function withoutPath({ variants }: Run, name: string): string {
  const file = variants.find(({ variant }) => variant.id === name && variant.engine === 'builtin')
  return file === undefined ? name : shortDigest(file.variant.digest)
}

const defaults = runSpecSchema.parse({ suites: ['-'], variants: ['-'] })

function unlessDefault(spec: RunSpec): readonly string[] {
  const option = (
    flag: string,
    value: string | number | null | undefined,
    normal: string | number | null | undefined,
  ) => (value === normal || value == null ? [] : [`${flag} ${quote(String(value))}`])
  return [
    ...option('--reference', spec.reference, undefined),
    ...(spec.arms.join() === defaults.arms.join() ? [] : [`--arms ${spec.arms.join(' ')}`]),
    ...option('--samples', spec.samples, defaults.samples),
    ...option('--limit', spec.limit, null),
    ...option('--margin', Number((100 * spec.margin).toPrecision(12)), 100 * defaults.margin),
    ...option('--context', spec.contextTokens, defaults.contextTokens),
    ...option('--max-tokens', spec.maxTokens, defaults.maxTokens),
    ...option('--alternatives', spec.alternatives, null),
    ...option('--threads', spec.threads, null),
    ...option('--concurrency', spec.concurrency, null),
    ...option('--idle-timeout', spec.idleTimeoutMs / 1000, defaults.idleTimeoutMs / 1000),
    ...option('--retries', spec.retries, defaults.retries),
    ...option('--judge', spec.judge, null),
    ...(spec.noiseFloor ? ['--noise-floor'] : []),
  ]
}

function samplingOptions({ sampling }: RunSpec): readonly string[] {
  const flags = {
    temperature: '--temperature',
    topP: '--top-p',
    topK: '--top-k',
    minP: '--min-p',
    repeatPenalty: '--repeat-penalty',
    seed: '--seed',
  } as const
  return (Object.keys(flags) as (keyof typeof flags)[])
    .filter((key) => sampling[key] !== defaults.sampling[key])
    .map((key) => `${flags[key]} ${sampling[key]}`)
}

const quote = (text: string): string => (/^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`)
