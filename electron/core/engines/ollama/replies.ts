import * as z from 'zod'

/** Go leaves out what is zero or empty, and writes null for an empty list. */
const list = <T extends z.ZodType>(item: T) =>
  z
    .array(item)
    .nullish()
    .transform((items) => items ?? [])
/** Entries that are none are left out: one odd model must not hide the others. */
const soundOf = <T extends z.ZodType>(item: T) =>
  list(z.unknown()).transform((entries) =>
    entries.flatMap((entry) => {
      const read = item.safeParse(entry)
      return read.success ? [read.data] : []
    }),
  )
const count = z.int().nonnegative()
const nanoseconds = z.number().nonnegative()

export const versionReply = z.object({ version: z.string() })

const details = z.object({
  format: z.string().default(''),
  family: z.string().default(''),
  quantization_level: z.string().default(''),
})

const tagEntry = z.object({
  name: z.string().min(1).max(1000),
  size: count,
  digest: z.string().regex(/^(?:sha256:)?[0-9a-f]{64}$/i),
  details: details.prefault({}),
  capabilities: list(z.string()),
  /** Set where the tag only stands for a model on somebody else's machine. */
  remote_host: z.string().default(''),
})
export type TagEntry = z.output<typeof tagEntry>
export const tagsReply = z.object({ models: soundOf(tagEntry) })

const runningEntry = z.object({
  name: z.string().min(1).max(1000),
  size: count.default(0),
  size_vram: count.default(0),
  digest: z.string(),
  context_length: count.optional(),
})
export type RunningEntry = z.output<typeof runningEntry>
export const psReply = z.object({ models: soundOf(runningEntry) })

export const showReply = z.object({
  modelfile: z.string().default(''),
  parameters: z.string().default(''),
  template: z.string().default(''),
  details: details.prefault({}),
  model_info: z
    .record(z.string(), z.unknown())
    .nullish()
    .transform((info) => info ?? {}),
  tensors: list(z.object({ name: z.string(), type: z.string(), shape: z.array(count).max(8) })),
  capabilities: list(z.string()),
  remote_host: z.string().default(''),
})
export type ShowReply = z.output<typeof showReply>

const tokenLogprob = z.object({ token: z.string(), logprob: z.number() })
const logprobEntry = tokenLogprob.extend({ top_logprobs: list(tokenLogprob) })
export type LogprobEntry = z.output<typeof logprobEntry>

const counts = {
  done: z.boolean(),
  done_reason: z.string().default(''),
  logprobs: list(logprobEntry),
  prompt_eval_count: count.optional(),
  prompt_eval_duration: nanoseconds.optional(),
  eval_count: count.optional(),
  eval_duration: nanoseconds.optional(),
}

/** One line of a generation, whichever way it was asked for. */
export const generateLine = z
  .object({ ...counts, response: z.string().default(''), thinking: z.string().default('') })
  .transform(({ response, ...line }) => ({ ...line, text: response }))
export const chatLine = z
  .object({
    ...counts,
    message: z.object({ content: z.string().default(''), thinking: z.string().default('') }).prefault({}),
  })
  .transform(({ message, ...line }) => ({ ...line, text: message.content, thinking: message.thinking }))
export type ModelLine = z.output<typeof generateLine>

/**
 * What `generateLine` makes of a line that holds a piece of text and nothing else, which nearly all of them are; null for
 * every other line. The schema takes longer for a line than everything else that is done with it.
 */
export function plainGenerateLine(value: unknown): ModelLine | null {
  if (typeof value !== 'object' || value === null) return null
  for (const key in value) if (!plainKeys.has(key)) return null
  const { response: text = '', thinking = '', done } = value as Readonly<Record<string, unknown>>
  if (typeof text !== 'string' || typeof thinking !== 'string' || done !== false) return null
  return { done, done_reason: '', logprobs: [], text, thinking }
}
const plainKeys: ReadonlySet<string> = new Set(['model', 'created_at', 'response', 'thinking', 'done'])

export const renderReply = z.object({
  _debug_info: z.object({ rendered_template: z.string() }).optional(),
})

export const progressLine = z.object({
  status: z.string().default(''),
  digest: z.string().default(''),
  total: count.optional(),
  completed: count.optional(),
})
export type ProgressLine = z.output<typeof progressLine>

/** Where only the status of the reply is of interest. */
export const anyReply = z.unknown()
