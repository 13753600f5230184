import { downloadArtifact } from '@electron/get'

/** What has arrived so far. */
export interface Received {
  readonly bytes: number
  /** Null where the server does not say. */
  readonly total: number | null
}

/** How long somebody who wants to see the lab should wait for a window instead of a browser, in milliseconds. */
export interface Patience {
  /** Without a single byte. */
  readonly silentMs: number
  /** Before the rate is believed. */
  readonly judgedAfterMs: number
  /** For the whole of it, at the rate seen so far. */
  readonly wholeMs: number
}

export const patience: Patience = { silentMs: 10_000, judgedAfterMs: 8000, wholeMs: 120_000 }

const lookEveryMs = 250

export interface Download {
  readonly version: string
  readonly arch: string
  /** SHA-256 by file name, from the `electron` package: what arrives is what was pinned. */
  readonly checksums: Record<string, string>
  /** Null: Electron's own, shared by all projects of this user. */
  readonly cacheRoot: string | null
  readonly patience: Patience
  readonly onProgress: (received: Received) => void
}

/**
 * Puts Electron's archive into Electron's own cache, where its installer finds it. The installer alone would show nothing
 * for half a minute and wait for ever on a network that swallows packets.
 * @throws Error: no network, too slow, another checksum.
 */
export async function downloadElectron({
  patience: limits,
  onProgress,
  cacheRoot,
  ...artifact
}: Download): Promise<void> {
  const startedMs = performance.now()
  let heardMs = startedMs
  let received: Received = { bytes: 0, total: null }
  const giveUp = new AbortController()
  const look = setInterval(() => {
    const nowMs = performance.now()
    const slow = whyTooSlow(received, { elapsedMs: nowMs - startedMs, silentMs: nowMs - heardMs }, limits)
    if (slow !== null) giveUp.abort(new Error(slow))
  }, lookEveryMs)
  try {
    await downloadArtifact({
      ...artifact,
      artifactName: 'electron',
      platform: process.platform,
      ...(cacheRoot === null ? {} : { cacheRoot }),
      downloadOptions: {
        quiet: true,
        signal: giveUp.signal,
        getProgressCallback({ transferred, total }: { readonly transferred: number; readonly total: number | null }) {
          heardMs = performance.now()
          received = { bytes: transferred, total }
          onProgress(received)
          return Promise.resolve()
        },
      },
    })
  } catch (error) {
    throw giveUp.signal.aborted ? giveUp.signal.reason : error
  } finally {
    clearInterval(look)
  }
}

/** Why waiting on is not worth it, or null. */
export function whyTooSlow(
  { bytes, total }: Received,
  { elapsedMs, silentMs }: { readonly elapsedMs: number; readonly silentMs: number },
  limits: Patience,
): string | null {
  if (silentMs > limits.silentMs) return `nothing arrived for ${Math.round(silentMs / 1000)} s`
  if (total === null || bytes === 0 || elapsedMs < limits.judgedAfterMs) return null
  const wholeMs = (elapsedMs * total) / bytes
  return wholeMs > limits.wholeMs ? `it would take about ${Math.ceil(wholeMs / 60_000)} minutes` : null
}
