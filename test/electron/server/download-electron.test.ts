import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import {
  downloadElectron,
  patience,
  whyTooSlow,
  type Download,
  type Received,
} from '../../../electron/server/download-electron.ts'

const archive = Buffer.alloc(300_000, 'electron')
const sha256 = createHash('sha256').update(archive).digest('hex')

/** A mirror as ELECTRON_MIRROR names one, over real HTTP. */
async function fromMirror(answer: RequestListener, changes: Partial<Download> = {}) {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(request.url ?? '')
    answer(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const cacheRoot = mkdtempSync(join(tmpdir(), 'assay-electron-'))
  vi.stubEnv('ELECTRON_MIRROR', `http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
  onTestFinished(() => {
    vi.unstubAllEnvs()
    server.closeAllConnections()
    server.close()
    rmSync(cacheRoot, { recursive: true, force: true })
  })
  const seen: Received[] = []
  const done = downloadElectron({
    version: '45.4.1',
    arch: 'x64',
    checksums: { [`electron-v45.4.1-${process.platform}-x64.zip`]: sha256 },
    cacheRoot,
    patience,
    onProgress: (received) => seen.push(received),
    ...changes,
  })
  return { done, seen, asked, cached: () => readdirSync(cacheRoot, { recursive: true }).map(String) }
}

describe('downloadElectron', () => {
  it('leaves the archive where the installer looks, and says how much has arrived', async () => {
    const { done, seen, asked, cached } = await fromMirror((_, response) => {
      response.setHeader('Content-Length', archive.length)
      response.end(archive)
    })
    await done
    expect(asked).toEqual([`/v45.4.1/electron-v45.4.1-${process.platform}-x64.zip`])
    expect(cached().some((path) => path.endsWith('-x64.zip'))).toBe(true)
    expect(seen.at(-1)).toEqual({ bytes: archive.length, total: archive.length })
  })

  it('keeps nothing of an archive that is not the pinned one', async () => {
    const { done, cached } = await fromMirror((_, response) => response.end('something else'))
    await expect(done).rejects.toThrow(/checksum/i)
    expect(cached().filter((path) => path.endsWith('.zip'))).toEqual([])
  })

  it('gives up on a network that swallows what is sent', async () => {
    const { done } = await fromMirror(() => {}, { patience: { ...patience, silentMs: 50 } })
    await expect(done).rejects.toThrow(/nothing arrived/)
  })

  it('gives up where the rest would take too long, though bytes arrive', async () => {
    const { done, seen } = await fromMirror(
      (_, response) => {
        response.setHeader('Content-Length', archive.length)
        response.write(archive.subarray(0, 1000))
      },
      { patience: { silentMs: 60_000, judgedAfterMs: 0, wholeMs: 1000 } },
    )
    await expect(done).rejects.toThrow(/it would take about \d+ minutes/)
    expect(seen[0]?.bytes).toBe(1000)
  })
})

describe('whyTooSlow', () => {
  const judge = (bytes: number, total: number | null, elapsedMs: number, silentMs = 0) =>
    whyTooSlow({ bytes, total }, { elapsedMs, silentMs }, patience)

  it('waits on a network that brings it within two minutes', () => {
    expect(judge(10_000_000, 120_000_000, 9000)).toBeNull()
    expect(judge(1_000_000, 120_000_000, 9000)).toBe('it would take about 18 minutes')
  })

  it('believes no rate at once, and none without a size', () => {
    expect(judge(1000, 120_000_000, 500)).toBeNull()
    expect(judge(1000, null, 60_000)).toBeNull()
  })
})
