import { describe, expect, it } from 'vitest'
import { catalogue } from '#core/variants/catalogue.ts'
import { digest, endpointId, variantId } from '#shared/domain/ids.ts'
import type { Family, MemoryFit, Variant } from '#shared/domain/variant.ts'
import { listRows, type ListRow } from '../../../renderer/screens/variants/variant-rows.ts'
import { readQuery } from '../../../renderer/screens/variants/variants-query.ts'
import { parseRoute } from '../../../renderer/routing/route.ts'
import type { Job, JobRequest } from '../../../renderer/stores/jobs-slice.ts'
import { noPace } from '../../../renderer/stores/pace.ts'

function variant(ref: string, more: Partial<Variant> = {}): Variant {
  const endpoint = endpointId('ollama')
  return {
    id: variantId(more.endpoint ?? endpoint, ref),
    endpoint,
    engine: 'ollama',
    ref,
    name: ref,
    family: 'specimen',
    precision: { name: 'F16', bitsPerWeight: 16, simulated: false },
    digest: digest('a'.repeat(64)),
    weightsDigest: null,
    sizeBytes: 8e6,
    parameters: 4e6,
    architecture: 'llama',
    contextTokens: 512,
    capabilities: [],
    loaded: false,
    notes: [],
    ...more,
  }
}

const job = (id: number, request: JobRequest, state: Job['state'] = 'running'): Job => ({
  id,
  request,
  state,
  step: '',
  doneBytes: 0,
  totalBytes: null,
  share: null,
  pace: noPace,
  silentSeconds: null,
  error: null,
  made: null,
})
const pull = (id: number, name: string, state?: Job['state']) =>
  job(id, { kind: 'pull', endpoint: 'ollama', name }, state)

const f16 = variant('specimen:f16')
const q4 = variant('specimen:q4_K_M', { precision: { name: 'Q4_K_M', bitsPerWeight: 4.9, simulated: false } })
const file = variant('/models/specimen-Q2_K.gguf', { endpoint: endpointId('builtin'), engine: 'builtin' })
const row = (...places: [Variant, ...Variant[]]) => ({ precision: places[0].precision, places, distinction: null })
const families: readonly Family[] = [{ name: 'specimen', rows: [row(f16), row(q4), row(file)] }]
const fit = (verdict: MemoryFit['verdict']) => ({ verdict }) as MemoryFit

interface Given {
  readonly jobs?: readonly Job[]
  readonly fits?: ReadonlyMap<string, MemoryFit>
  readonly hash?: string
  readonly families?: readonly Family[]
}

function rows(options: Given = {}) {
  const sources = {
    families: options.families ?? families,
    fits: options.fits ?? new Map(),
    jobs: options.jobs ?? [],
    catalogue,
  }
  return listRows(sources, readQuery(parseRoute(options.hash ?? '#/variants'))).map(text)
}

function text(row: ListRow): string {
  switch (row.kind) {
    case 'family':
      return `# ${row.family.name}`
    case 'variant':
      return `${row.variant.ref}${row.reference ? ' reference' : ''}${row.job === null ? '' : ` ${row.job.request.kind}`}`
    default:
      return `${row.kind} ${row.job.id}`
  }
}

describe('the list of variants', () => {
  it('has a family’s head above its variants, the finest as the reference', () => {
    expect(rows()).toEqual(['# specimen', 'specimen:f16 reference', 'specimen:q4_K_M', '/models/specimen-Q2_K.gguf'])
  })

  it('keeps the reference where it was filtered away, and leaves out a family of which nothing is left', () => {
    expect(rows({ hash: '#/variants?q=SPECIMEN+q4' })).toEqual(['# specimen', 'specimen:q4_K_M'])
    expect(rows({ hash: '#/variants?q=nothing' })).toEqual([])
    expect(rows({ hash: '#/variants?engine=builtin' })).toEqual(['# specimen', '/models/specimen-Q2_K.gguf'])
  })

  it('tells a family’s head which of its variants are shown, each by the place that the list is narrowed to', () => {
    const places = row(q4, file)
    const sources = { families: [{ name: 'specimen', rows: [row(f16), places] }], fits: new Map(), jobs: [], catalogue }
    const shown = (hash: string) =>
      listRows(sources, readQuery(parseRoute(hash))).flatMap((each) =>
        each.kind === 'family' ? [each.shown.map(({ ref }) => ref)] : [],
      )
    expect(shown('#/variants')).toEqual([['specimen:f16', 'specimen:q4_K_M']])
    expect(shown('#/variants?q=q4')).toEqual([['specimen:q4_K_M']])
    expect(shown('#/variants?engine=builtin')).toEqual([['/models/specimen-Q2_K.gguf']])
  })

  it('leaves out only what does not fit: what is tight or not known stays', () => {
    const fits = new Map([
      [f16.id as string, fit('does-not-fit')],
      [q4.id as string, fit('tight')],
    ])
    expect(rows({ fits, hash: '#/variants?fits=yes' })).toEqual([
      '# specimen',
      'specimen:q4_K_M',
      '/models/specimen-Q2_K.gguf',
    ])
  })

  it('has a pull under the model of the catalogue that it belongs to, in the order of the numbers', () => {
    const jobs = [
      pull(1, 'deepseek-r1:14b-qwen-distill-q4_K_M'),
      pull(2, 'deepseek-r1:7b-qwen-distill-q8_0', 'failed'),
      pull(3, 'somebody/else:tag', 'cancelled'),
    ]
    expect(rows({ jobs })).toEqual([
      '# deepseek-r1 7b-qwen-distill',
      'fault 2',
      '# deepseek-r1 14b-qwen-distill',
      'job 1',
      '# somebody/else:tag',
      'fault 3',
      '# specimen',
      'specimen:f16 reference',
      'specimen:q4_K_M',
      '/models/specimen-Q2_K.gguf',
    ])
  })

  it('shows a pull of a tag that is there, even while its variant is filtered away', () => {
    const jobs = [pull(1, 'specimen:q4_K_M', 'failed')]
    expect(rows({ jobs, hash: '#/variants?q=nothing' })).toEqual(['# specimen', 'fault 1'])
  })

  it('forgets what is done: its variant is in the list', () => {
    expect(rows({ jobs: [pull(1, 'specimen:q4_K_M', 'done')] })).toEqual(rows())
  })

  describe('with equal weights in two places', () => {
    const copy = variant('/models/q4.gguf', {
      endpoint: endpointId('builtin'),
      engine: 'builtin',
      precision: q4.precision,
    })
    const both: readonly Family[] = [{ name: 'specimen', rows: [row(q4, copy)] }]

    it('is one row, of the place that is looked at, else of the first', () => {
      const shown = (hash: string) => rows({ families: both, hash })
      expect(shown('#/variants')).toEqual(['# specimen', 'specimen:q4_K_M'])
      expect(shown(`#/variants?inspect=${encodeURIComponent(copy.id)}`)).toEqual(['# specimen', '/models/q4.gguf'])
      expect(shown('#/variants?engine=builtin')).toEqual(['# specimen', '/models/q4.gguf'])
      expect(shown('#/variants?q=models')).toEqual(['# specimen', '/models/q4.gguf'])
    })

    it('shows what is done at either place in the one row', () => {
      const load: JobRequest = { kind: 'load', variant: copy.id, contextTokens: 512 }
      expect(rows({ families: both, jobs: [job(1, load)] })).toEqual(['# specimen', 'specimen:q4_K_M load'])
      expect(rows({ families: both, jobs: [job(1, load, 'failed')] })[2]).toBe('fault 1')
    })
  })

  it('shows a load in the row of its variant, and its failure right below', () => {
    const load: JobRequest = { kind: 'load', variant: q4.id, contextTokens: 512 }
    expect(rows({ jobs: [job(1, load)] })[2]).toBe('specimen:q4_K_M load')
    expect(rows({ jobs: [job(1, load, 'failed')] }).slice(2, 4)).toEqual(['specimen:q4_K_M', 'fault 1'])
  })
})

describe('the address', () => {
  it('reads back what was chosen, and falls back to what the lab takes', () => {
    const query = (hash: string) => readQuery(parseRoute(hash))
    expect(query('#/variants?ctx=32768&inspect=ollama%3Aa%3Ab&tab=tensors&fits=yes')).toMatchObject({
      contextTokens: 32_768,
      inspect: 'ollama:a:b',
      tab: 'tensors',
      fits: true,
      make: null,
    })
    for (const ctx of ['-1', '0', '12', '1e99', 'x', '8192.5']) {
      expect(query(`#/variants?ctx=${ctx}&tab=nothing`)).toMatchObject({ contextTokens: 8192, tab: 'details' })
    }
  })
})
