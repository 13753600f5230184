import { createHash } from 'node:crypto'
import { stat } from 'node:fs/promises'
import type { RenderedPrompt } from '#core/engines/engine.ts'
import { LabError } from '#shared/domain/error.ts'
import { digest, type Digest } from '#shared/domain/ids.ts'
import type { VariantDetails } from '#shared/domain/variant.ts'
import { familyTemplate } from './render-template.ts'
import type { WorkerClient } from './worker-client.ts'

interface Template {
  readonly source: string
  readonly by: RenderedPrompt['by']
  readonly hash: Digest
}

/** A file's chat template, read once as long as the file does not change. */
export class Templates {
  readonly #describe: (ref: string, signal?: AbortSignal) => Promise<VariantDetails>
  readonly #known = new Map<string, { readonly stamp: string; readonly template: Template }>()

  constructor(describe: (ref: string, signal?: AbortSignal) => Promise<VariantDetails>) {
    this.#describe = describe
  }

  async of(ref: string, signal?: AbortSignal): Promise<Template> {
    const stamp = await stat(ref).then(
      ({ mtimeMs, size }) => `${mtimeMs} ${size}`,
      () => null,
    )
    const known = this.#known.get(ref)
    if (known !== undefined && known.stamp === stamp) return known.template
    const { template: own } = await this.#describe(ref, signal)
    const source = own ?? familyTemplate
    const hash = digest(createHash('sha256').update(source).digest('hex'))
    const template: Template = { source, by: own === null ? 'family' : 'jinja', hash }
    if (stamp !== null) this.#known.set(ref, { stamp, template })
    return template
  }
}

/** @throws LabError GGUF_INVALID where the template fails or does not come to an end */
export async function renderPrompt(
  { worker, renderMs }: { readonly worker: WorkerClient; readonly renderMs: number },
  template: Template,
  prompt: { readonly system: string | null; readonly user: string },
  signal?: AbortSignal,
): Promise<RenderedPrompt> {
  const late = AbortSignal.timeout(renderMs)
  const either = signal === undefined ? late : AbortSignal.any([signal, late])
  try {
    const reply = await worker.call({ kind: 'render', template: template.source, ...prompt }, either)
    if (reply.kind !== 'rendered') throw new LabError('ENGINE_FAILED', 'The built-in engine answered something else.')
    return { text: reply.value, by: template.by, templateHash: template.hash }
  } catch (error) {
    if (!late.aborted || signal?.aborted === true) throw error
    throw new LabError('GGUF_INVALID', `The chat template in the file ran for more than ${renderMs / 1000} s.`, {
      hint: 'Do not use this file: its template may never end.',
      cause: error,
    })
  }
}
