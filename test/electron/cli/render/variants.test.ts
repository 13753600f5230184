import { expect, it } from 'vitest'
import { digest, endpointId, variantId } from '#shared/domain/ids.ts'
import type { Family, MemoryFit } from '#shared/domain/variant.ts'
import { makeStyle } from '../../../../electron/cli/render/style.ts'
import { renderFamilies } from '../../../../electron/cli/render/variants.ts'
import { sampleVariant } from '../sample-comparison.ts'

const view = { style: makeStyle(false), columns: 120 }
const onOllama = (ref: string) => ({
  id: variantId(endpointId('ollama'), ref),
  endpoint: endpointId('ollama'),
  engine: 'ollama' as const,
  ref,
  name: ref,
  digest: digest('ab'.repeat(32)),
})
const file = sampleVariant('Q4_K_M')
const tag = sampleVariant('Q4_K_M', { ...onOllama('r1-7b:q4_K_M'), loaded: true, notes: ['Mind the label.'] })
const other = sampleVariant('F16', { notes: ['Mind the label.'] })
const families: readonly Family[] = [
  {
    name: 'specimen',
    rows: [
      { precision: other.precision, places: [other], distinction: 'F16 has another row.' },
      { precision: file.precision, places: [file, tag], distinction: null },
    ],
  },
]

it('has a row a precision, a line a place, and every note with the names that it is about', () => {
  expect(renderFamilies(families, null, view).split('\n')).toEqual([
    'specimen',
    'Name             Precision      Bits/     Size  Context  Engine           Digest',
    '                               weight',
    'specimen F16     F16            16.00  7.93 MB      512  builtin          cdcdcdcdcdcd',
    'specimen Q4_K_M  Q4_K_M         16.00  7.93 MB      512  builtin          cdcdcdcdcdcd',
    'r1-7b:q4_K_M     same weights                            ollama (loaded)  abababababab',
    '  specimen F16: F16 has another row.',
    '  specimen F16, r1-7b:q4_K_M: Mind the label.',
  ])
})

it('says what each place needs: memory is another on another machine', () => {
  const fit = (verdict: MemoryFit['verdict']) => ({ totalBytes: 9e6, verdict, contextTokens: 512 }) as MemoryFit
  const fits = new Map([
    [file.id as string, fit('fits')],
    [tag.id as string, fit('unknown')],
  ])
  const at = (contextTokens: number) => renderFamilies(families, { contextTokens, of: fits }, view).split('\n')
  const lines = at(16_384)
  expect(lines[4]).toMatch(/9\.00 MB {2}fits$/)
  expect(lines[5]).toMatch(/9\.00 MB {2}not known$/)
  expect(lines.at(-1)).toBe(
    'Needs: memory at a context of 16,384 tokens, or of all it was trained for where that is less.',
  )
  expect(at(512).at(-1)).toBe('Needs: memory at a context of 512 tokens.')
})
