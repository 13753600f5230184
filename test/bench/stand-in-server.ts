// An Ollama that costs nothing: answers at once, or at a steady pace, always the same. Its process is its own, so that the
// bench measures the client. Tells its port; counts switches of the model that is asked for.
import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

const [thinkingTokens = '200', variants = '3', flush = 'whole'] = process.argv.slice(2)
const names = Array.from({ length: Number(variants) }, (_, index) => `standin:v${index}`)
const digestOf = (name: string) => createHash('sha256').update(name).digest('hex')
const details = {
  format: 'gguf',
  family: 'llama',
  families: ['llama'],
  parameter_size: '1M',
  quantization_level: 'F16',
}
const capabilities = ['completion', 'thinking']
const show = {
  template:
    '{{ range .Messages }}<｜User｜>{{ .Content }}<｜Assistant｜>{{ if .Thinking }}<think>{{ .Thinking }}</think>{{ end }}{{ end }}',
  details,
  capabilities,
  model_info: { 'general.architecture': 'llama', 'llama.context_length': 32_768 },
  tensors: [{ name: 'blk.0.attn_q.weight', type: 'F16', shape: [256, 256] }],
}
const text = [
  '<think>',
  '\n',
  ...Array.from({ length: Number(thinkingTokens) }, (_, i) => ` step${i % 97}`),
  '\n</think>',
  '\n\n',
  '42',
]
const lines = text.map(
  (response) => `${JSON.stringify({ model: 'x', created_at: '2026-01-01T00:00:00Z', response, done: false })}\n`,
)
/** `whole`: the text at once. `tokens`: a chunk a token, as Ollama writes them. A number: so many of these a second. */
const chunks = flush === 'whole' ? [lines.join('')] : lines
const perSecond = Number(flush)
const last = `${JSON.stringify({ model: 'x', created_at: '2026-01-01T00:00:00Z', response: '', done: true, done_reason: 'stop', total_duration: 1e6, prompt_eval_count: 12, prompt_eval_duration: 1e5, eval_count: text.length, eval_duration: 9e5 })}\n`

let loaded: string | null = null
let switches = 0
let cells = 0

const json = (response: ServerResponse, body: unknown) => {
  response.writeHead(200, { 'content-type': 'application/json' })
  response.end(JSON.stringify(body))
}

interface Body {
  readonly model?: string
  readonly prompt?: string
  readonly keep_alive?: unknown
  readonly _debug_render_only?: boolean
  readonly messages?: readonly { readonly content: string }[]
  readonly options?: { readonly num_predict?: number }
}

function generate(response: ServerResponse, body: Body): void {
  if (body.prompt === undefined || body.prompt === '') {
    loaded = body.keep_alive === 0 ? null : (body.model ?? null)
    const reason = body.keep_alive === 0 ? 'unload' : 'load'
    return json(response, {
      model: body.model,
      created_at: '2026-01-01T00:00:00Z',
      response: '',
      done: true,
      done_reason: reason,
    })
  }
  if (loaded !== body.model) switches += 1
  loaded = body.model ?? null
  response.writeHead(200, { 'content-type': 'application/x-ndjson' })
  if (body.options?.num_predict !== 1) {
    cells += 1
    if (perSecond > 0) return pace(response)
    for (const chunk of chunks) response.write(chunk)
  }
  response.end(last)
}

/** As many chunks as are due by now, whenever the timer comes: a late one changes no pace. */
function pace(response: ServerResponse): void {
  const startedMs = performance.now()
  let written = 0
  const timer = setInterval(() => {
    const due = Math.min(chunks.length, Math.floor(((performance.now() - startedMs) / 1000) * perSecond))
    while (written < due) response.write(chunks[written++])
    if (written < chunks.length) return
    clearInterval(timer)
    response.end(last)
  }, 1000 / perSecond)
  response.once('close', () => clearInterval(timer))
}

function answer(request: IncomingMessage, response: ServerResponse, body: Body): void {
  const tag = (name: string) => ({
    name,
    model: name,
    modified_at: '2026-01-01T00:00:00Z',
    size: 1000,
    digest: digestOf(name),
    details,
    capabilities,
  })
  switch (request.url) {
    case '/api/version':
      return json(response, { version: '0.32.15' })
    case '/api/tags':
      return json(response, { models: names.map(tag) })
    case '/api/show':
      return json(response, {
        ...show,
        modelfile: `FROM /models/blobs/sha256-${digestOf(`${body.model}`)}\n`,
        parameters: '',
      })
    case '/api/ps': {
      const running =
        loaded === null
          ? []
          : [{ ...tag(loaded), size_vram: 0, context_length: 4096, expires_at: '2030-01-01T00:00:00Z' }]
      return json(response, { models: running })
    }
    case '/api/chat':
      return json(response, {
        model: body.model,
        created_at: '2026-01-01T00:00:00Z',
        message: { role: 'assistant', content: '' },
        done: true,
        _debug_info: { rendered_template: `<｜User｜>${body.messages?.at(-1)?.content}<｜Assistant｜>` },
      })
    case '/api/generate':
      return generate(response, body)
    case '/stats':
      return json(response, { switches, cells })
    default:
      response.writeHead(404).end('{}')
  }
}

const server = createServer((request, response) => {
  const parts: Buffer[] = []
  request.on('data', (part: Buffer) => parts.push(part))
  request.on('end', () => {
    const raw = Buffer.concat(parts).toString('utf8')
    answer(request, response, raw === '' ? {} : (JSON.parse(raw) as Body))
  })
})
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port))
