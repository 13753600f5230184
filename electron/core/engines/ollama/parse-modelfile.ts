import { digest, type Digest } from '#shared/domain/ids.ts'

/**
 * The weights of a model, from the FROM line that Ollama writes at the top of a modelfile: a path on the machine it
 * runs on that ends in the blob's digest. Null where the line names something else, another model for instance.
 */
export function findWeights(modelfile: string): { readonly path: string; readonly digest: Digest } | null {
  for (const line of modelfile.split('\n')) {
    const text = line.trim()
    if (text === '' || text.startsWith('#')) continue
    const [, path] = /^FROM\s+(.+)$/i.exec(text) ?? []
    // Only the first instruction: what follows may be a template, with lines of anybody's choice.
    const hex = path === undefined ? undefined : /(?:^|[\\/])sha256[-:]([0-9a-f]{64})$/.exec(path)?.[1]
    return path === undefined || hex === undefined ? null : { path, digest: digest(hex) }
  }
  return null
}

/** The parameters of a model as `show` prints them, `name   value` a line, texts in Go's quotes. */
export function parseParameters(text: string): Readonly<Record<string, readonly string[]>> {
  const parameters = Object.create(null) as Record<string, string[]>
  for (const line of text.split('\n')) {
    const [, name, value] = /^(\S+)\s+(.*)$/.exec(line.trim()) ?? []
    if (name !== undefined && value !== undefined) (parameters[name] ??= []).push(unquote(value))
  }
  return parameters
}

/** Go's quotes are JSON's, but for a few escapes that no stop text has; such a text stays as it is. */
function unquote(text: string): string {
  if (!text.startsWith('"')) return text
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'string' ? value : text
  } catch {
    return text.replace(/^"|"$/g, '')
  }
}

/** What the API wants: numbers and booleans as such, and `stop` always as a list. */
export function typedParameters(parameters: Readonly<Record<string, readonly string[]>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(parameters)
      .filter(([, values]) => values.length > 0)
      .map(([name, values]) => [name, name === 'stop' ? [...values] : typed(values.at(-1) ?? '')]),
  )
}

function typed(text: string): string | number | boolean {
  if (text === 'true' || text === 'false') return text === 'true'
  return /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text) ? Number(text) : text
}
