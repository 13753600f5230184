import { expect, it } from 'vitest'
import { nearNames } from '#core/variants/near-names.ts'
import { sampleVariant } from '../../cli/sample-comparison.ts'

const variants = ['specimen F16', 'specimen Q8_0', 'specimen Q4_K_M', 'deepseek-r1:7b-q4_K_M', 'mine:latest'].map(
  (name) => sampleVariant('F16', { name, ref: name, family: name.split(/[ :]/)[0] ?? name }),
)

it.each([
  ['specimen Q4KM', 'Did you mean specimen Q4_K_M, '],
  ['specimn f16', 'Did you mean specimen F16, '],
  ['q8_0', 'Did you mean specimen Q8_0?'],
  ['deepsek-r1:7b-q4_k_m', 'Did you mean deepseek-r1:7b-q4_K_M?'],
  ['mine:lates', 'Did you mean mine:latest?'],
])('names what is closest to %s', (wanted, hint) => {
  expect(nearNames(wanted, variants).startsWith(hint)).toBe(true)
})

it('names some of what there is where nothing is close', () => {
  expect(nearNames('nope', variants)).toMatch(/^There are .+, .+, .+, and 2 more: `variants` lists them\.$/)
  expect(nearNames('nope', variants.slice(0, 2))).toBe('There are specimen F16, specimen Q8_0.')
  expect(nearNames('nope', [])).toContain('no variants')
})
