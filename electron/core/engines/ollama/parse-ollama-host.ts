import { isIP } from 'node:net'

/**
 * Where Ollama answers, by Ollama's own rules for OLLAMA_HOST: the scheme may be left out (then http and port 11434; a
 * scheme brings its own port), the host too, an impossible port becomes the default one, and an address that only a
 * server can bind to (0.0.0.0, ::) becomes the loopback address of its kind.
 * Source: envconfig.ConnectableHost in Ollama's code.
 * @throws RangeError for what no URL can hold
 */
export function parseOllamaHost(env: Readonly<Record<string, string | undefined>>): URL {
  const { scheme, rest, defaultPort } = splitScheme(unquote(env['OLLAMA_HOST'] ?? ''))
  const slash = rest.indexOf('/')
  const authority = slash === -1 ? rest : rest.slice(0, slash)
  const path = slash === -1 ? '' : rest.slice(slash + 1)
  const { host, port } = splitAuthority(authority, defaultPort)
  const bracketed = host.includes(':') ? `[${host}]` : host
  const text = `${scheme}://${bracketed}:${port}/${path}`
  if (!URL.canParse(text)) throw new RangeError(`OLLAMA_HOST is not an address: ${env['OLLAMA_HOST']}`)
  return new URL(text)
}

interface HostParts {
  readonly scheme: string
  readonly rest: string
  readonly defaultPort: string
}

function splitScheme(text: string): HostParts {
  const at = text.indexOf('://')
  if (at === -1) {
    return text === 'ollama.com'
      ? { scheme: 'https', rest: 'ollama.com:443', defaultPort: '443' }
      : { scheme: 'http', rest: text, defaultPort: '11434' }
  }
  const scheme = text.slice(0, at).toLowerCase()
  if (scheme !== 'http' && scheme !== 'https') {
    throw new RangeError(`OLLAMA_HOST has the scheme ${scheme}; only http and https are possible`)
  }
  return { scheme, rest: text.slice(at + 3), defaultPort: scheme === 'http' ? '80' : '443' }
}

function splitAuthority(authority: string, defaultPort: string): { readonly host: string; readonly port: string } {
  const parts = /^(?:\[([^\]]*)\]|([^:[\]]*)):([^:]*)$/.exec(authority)
  const host = parts === null ? authority.replace(/^\[|\]$/g, '') || '127.0.0.1' : (parts[1] ?? parts[2] ?? '')
  const port = parts?.[3] ?? defaultPort
  return { host: connectable(host), port: isPort(port) ? port : defaultPort }
}

/** An empty host means every address, as `:11434` does when a server is told to listen. */
function connectable(host: string): string {
  if (host === '' || host === '0.0.0.0') return '127.0.0.1'
  return isIP(host) === 6 && /^[0:]+$/.test(host) ? '::1' : host
}

const isPort = (text: string): boolean => /^\d{1,5}$/.test(text) && Number(text) <= 65_535

/** Spaces, then quotes, are taken off both ends, as Ollama does for every variable. */
const unquote = (text: string): string =>
  text
    .trim()
    .replace(/^["']+|["']+$/g, '')
    .trim()
