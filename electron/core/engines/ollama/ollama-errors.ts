import * as z from 'zod'
import { isLoopback } from '#core/is-loopback.ts'
import { LabError, type ErrorCode } from '#shared/domain/error.ts'
import type { GivenUp } from './patience.ts'

/** What Ollama says, by what it means. The first that matches counts. Texts: Ollama's code and live replies. */
const meanings: readonly { readonly text: RegExp; readonly code: ErrorCode; readonly hint: string }[] = [
  {
    text: /exceed_context_size_error|exceeds the (available )?context|maximum context length/i,
    code: 'PROMPT_TOO_LONG',
    hint: 'Raise the context length, or shorten the prompt.',
  },
  {
    text: /out[ -]of[ -]memory|insufficient memory|more system memory|unable to allocate|failed to allocate|cudaMalloc failed/i,
    code: 'OUT_OF_MEMORY',
    hint: 'Unload other models, lower the context length, or take a smaller variant.',
  },
  { text: /no space left on device|not enough space on the disk/i, code: 'DISK_FULL', hint: 'Free some disk space.' },
  {
    text: /unexpectedly stopped|error was encountered while running the model|process has terminated|no longer running/i,
    code: 'ENGINE_CRASHED',
    hint: 'Ollama starts the model process again at the next request. Its log says why it ended.',
  },
  {
    text: /maximum pending requests|server busy|no slots available/i,
    code: 'ENGINE_BUSY',
    hint: 'Wait until its other requests are done.',
  },
  {
    text: /unsupported quantization type|quantization is only supported|does not support|raw mode does not support/i,
    code: 'ENGINE_UNSUPPORTED',
    hint: 'Ask for something that this Ollama can do with this model.',
  },
  {
    text: /invalid model name/i,
    code: 'BAD_REQUEST',
    hint: 'Write it as name:tag, of letters, digits and . _ -, for example my-model:q4_K_M.',
  },
  { text: /template error/i, code: 'BAD_REQUEST', hint: 'Correct the template.' },
  {
    text: /exceeds file size|not in GGUF format|invalid file magic|GGUF string length|failed to validate GGUF|failed to load model|digest mismatch/i,
    code: 'GGUF_INVALID',
    hint: 'Download or make the file again.',
  },
  {
    text: /pull model manifest: .*(dial tcp|no such host|connection refused|i\/o timeout|TLS)/i,
    code: 'ENGINE_FAILED',
    hint: 'Ollama could not reach the registry. Check the network of the machine it runs on, then pull again.',
  },
  {
    text: /model .* not found|pull model manifest: file does not exist/i,
    code: 'MODEL_NOT_FOUND',
    hint: 'Check the name, or pull the model first.',
  },
  { text: /option ".*" must be of type|must be between/i, code: 'BAD_REQUEST', hint: 'Correct the setting.' },
]

const nestedSchema = z.object({
  message: z.string().optional(),
  n_prompt_tokens: z.number().optional(),
  n_ctx: z.number().optional(),
})

/** An `error` field may hold text, an object, or the JSON text of `{error: {…}}` from the model process. */
interface EngineWords {
  readonly message: string
  /** All that was said, to look for meaning in. */
  readonly whole: string
  readonly data?: { readonly promptTokens: number | undefined; readonly contextTokens: number | undefined }
}

function readWords(value: unknown): EngineWords {
  if (typeof value === 'string') {
    const inner = value.startsWith('{') ? parseJson(value) : null
    return inner === null ? { message: value.slice(0, 2000), whole: value } : readWords(errorField(inner) ?? inner)
  }
  const nested = nestedSchema.safeParse(value)
  const whole = JSON.stringify(value)
  if (!nested.success || nested.data.message === undefined) return { message: whole.slice(0, 2000), whole }
  const { message, n_prompt_tokens: promptTokens, n_ctx: contextTokens } = nested.data
  return { message: message.slice(0, 2000), whole, data: { promptTokens, contextTokens } }
}

/** The `error` of a reply or a line, or undefined where it has none. */
export function errorField(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'error' in value ? (value.error ?? undefined) : undefined
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return null
  }
}

/** Makes an error of what Ollama said about itself, in a reply's body or in the last line of a stream. */
export function saidError(error: unknown, status: number | null): LabError {
  const words = readWords(error)
  const meaning = meanings.find(({ text }) => text.test(words.whole))
  const byStatus: Readonly<Record<number, ErrorCode>> = {
    400: 'BAD_REQUEST',
    404: 'MODEL_NOT_FOUND',
    503: 'ENGINE_BUSY',
  }
  const code = meaning?.code ?? (status === null ? undefined : byStatus[status]) ?? 'ENGINE_FAILED'
  return new LabError(code, `Ollama says: ${words.message}`, {
    hint: meaning?.hint ?? "See Ollama's log for the reason.",
    ...(words.data === undefined ? {} : { data: words.data }),
  })
}

/** Makes an error of a reply that is not a success. */
export function replyError(address: URL, status: number, body: string): LabError {
  const said = errorField(parseJson(body))
  if (said !== undefined) return saidError(said, status)
  if (status === 403) {
    return new LabError('ENGINE_FAILED', `Ollama at ${address.host} refuses requests that name it so.`, {
      hint: 'Use 127.0.0.1, or let it listen openly (OLLAMA_HOST=0.0.0.0 where it runs).',
    })
  }
  return notOllama(address, `it answers with status ${status}`)
}

export function notOllama(address: URL, why: string): LabError {
  return new LabError('ENGINE_FAILED', `What answers at ${address.origin} is not Ollama: ${why}.`, {
    hint: 'Check the address of the endpoint, and that no other program uses its port.',
  })
}

/** Makes an error of a request that was given up. */
export function timeoutError(address: URL, why: GivenUp, cause: unknown): LabError {
  if (why === 'slow') {
    return new LabError('ENGINE_TIMEOUT', `Ollama at ${address.origin} is busy and has not answered.`, {
      hint: 'It may be loading a model: `ollama ps` and its log tell. Try again when it is done.',
      cause,
    })
  }
  return new LabError('ENGINE_TIMEOUT', `Ollama at ${address.origin} takes connections and answers nothing.`, {
    hint: isLoopback(address)
      ? 'It hangs: quit and start it again (`ollama serve`). If it was stopped with Ctrl-Z, `fg` wakes it.'
      : 'It hangs, or something on the way does: start it again on its machine.',
    cause,
  })
}

const absentCodes = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT', 'EHOSTDOWN']

/** Makes an error of a request that got no reply, or of a reply that broke off. */
export function networkError(address: URL, cause: unknown): LabError {
  if (cause instanceof LabError) return cause
  const code = networkCode(cause)
  if (absentCodes.includes(code)) {
    return new LabError('ENGINE_ABSENT', `No Ollama answers at ${address.origin} (${code}).`, {
      hint: isLoopback(address)
        ? 'Start it with `ollama serve`, or get it from https://ollama.com/download. If it listens elsewhere, set OLLAMA_HOST.'
        : 'Check that the machine is on and reachable, and that Ollama listens there for others (OLLAMA_HOST=0.0.0.0).',
      cause,
    })
  }
  if (code.startsWith('HPE_')) return notOllama(address, 'it does not speak HTTP')
  const crashed = ['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET'].includes(code)
  const why = cause instanceof Error ? cause.message : String(cause)
  return new LabError(
    crashed ? 'ENGINE_CRASHED' : 'ENGINE_FAILED',
    `Ollama at ${address.origin} gave no reply: ${why}.`,
    {
      hint: 'See whether Ollama still runs, and what its log says.',
      cause,
    },
  )
}

/** Node's fetch hides the reason in `cause`. */
function networkCode(error: unknown): string {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    if ('code' in at && typeof at.code === 'string') return at.code
  }
  return ''
}
