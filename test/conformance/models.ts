import { expect } from 'vitest'
import type { Check, Session } from './session.ts'

export function describeModels({ options, engine, features, run }: Session, check: Check): void {
  const { ref, load } = options

  check('status', 'says that it is ready, at which version, and what it can do', async () => {
    const status = await engine().status()
    expect(status).toMatchObject({ endpoint: engine().endpoint, kind: engine().kind, state: 'ready' })
    if (status.state !== 'ready') return
    expect(status.version).toMatch(/\d/)
    expect(status.address).not.toBe('')
    expect(status.features).toEqual(features())
    expect(features().concurrency).toBeGreaterThanOrEqual(1)
  })

  check('list', 'lists the model once, pinned by a digest', async () => {
    const rows = (await engine().list()).filter((row) => row.ref === ref)
    expect(rows).toHaveLength(1)
    expect(rows[0]).toMatchObject({ endpoint: engine().endpoint, engine: engine().kind })
    expect(rows[0]?.id).toBe(`${engine().endpoint}:${ref}`)
    expect(rows[0]?.digest).toMatch(/^sha256:[0-9a-f]{64}$/)
    expect(rows[0]?.sizeBytes).toBeGreaterThan(0)
  })

  check('describe', 'describes the model as it lists it', async () => {
    const details = await engine().describe(ref)
    const row = (await engine().list()).find((variant) => variant.ref === ref)
    expect(details.variant).toMatchObject({ id: row?.id, digest: row?.digest, family: row?.family })
    expect(details.tensors.length).toBeGreaterThan(0)
  })

  check('render', 'renders one user message, without BOS and ready for an answer', async () => {
    const rendered = await engine().render(ref, { system: null, user: options.user }, load)
    expect(rendered.text).toContain(options.user)
    expect(rendered.text).not.toMatch(/^(<｜begin▁of▁sentence｜>|<s>|<\|begin_of_text\|>)/)
    expect(rendered.text.length).toBeGreaterThan(options.user.length)
    expect(rendered.templateHash).toMatch(/^sha256:[0-9a-f]{64}$/)
    expect(await engine().render(ref, { system: null, user: options.user }, load)).toEqual(rendered)
  })

  check('load', 'loads a model twice as it loads it once', async () => {
    const first = await engine().load(ref, load)
    const second = await engine().load(ref, load)
    expect(first.variant).toBe(`${engine().endpoint}:${ref}`)
    expect(first.engineVersion).toMatch(/\d/)
    expect({ ...second, loadMs: 0 }).toEqual({ ...first, loadMs: 0 })
    expect((await engine().list()).find((row) => row.ref === ref)?.loaded).toBe(true)
  })

  check('unload', 'unloads twice, is then not loaded, and loads again by itself when asked', async () => {
    await engine().load(ref, load)
    await engine().unload(ref)
    await engine().unload(ref)
    expect((await engine().list()).find((row) => row.ref === ref)?.loaded).toBe(false)
    expect((await run({ maxTokens: 2 })).texts.length).toBeGreaterThan(0)
  })
}
