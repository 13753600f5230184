import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openLab, type Lab } from '#core/lab.ts'

let home: string
let here: Lab
let there: Lab
beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'assay-elsewhere-'))
  const env = { OLLAMA_HOST: '127.0.0.1:9' }
  here = await openLab({ home, env })
  there = await openLab({ home, env })
})
afterEach(async () => {
  await Promise.all([here.close(), there.close()])
  rmSync(home, { recursive: true, force: true })
})

describe('what another process writes', () => {
  it('is told to whoever watches: an endpoint that is named and removed, a suite that is kept', async () => {
    const stop = new AbortController()
    const told = here.client['lab.changes']({}, { signal: stop.signal })[Symbol.asyncIterator]()
    const next = async () => (await told.next()).value

    const named = next()
    await there.client['settings.set']({ endpoints: [{ id: 'box', kind: 'ollama', url: 'http://gpu-box:11434' }] })
    expect(await named).toEqual(['settings'])
    expect((await here.client['settings.get']({})).leavesMachine).toEqual(['gpu-box:11434'])

    const removed = next()
    await there.client['settings.set']({ endpoints: [] })
    expect(await removed).toEqual(['settings'])
    expect((await here.client['settings.get']({})).leavesMachine).toEqual([])

    const kept = next()
    const text = JSON.stringify({ name: 'sums', prompts: [{ id: 'a', text: '1 + 1?', expected: 2 }] })
    await there.client['suites.save']({ text, format: 'json' })
    expect(await kept).toEqual(['suites'])
    stop.abort()
  })
})
