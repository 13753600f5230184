import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import { endpointId, variantId } from '#shared/domain/ids.ts'
import type { Variant } from '#shared/domain/variant.ts'
import { VariantChoiceRow } from '../../../renderer/screens/runs/setup/variant-choice-row.tsx'
import { RowActions } from '../../../renderer/screens/variants/row-actions.tsx'
import { sampleVariant } from '../../electron/cli/sample-comparison.ts'

afterEach(cleanup)

const file = sampleVariant('Q4_K_M')
const tag = sampleVariant('Q4_K_M', {
  id: variantId(endpointId('ollama'), 'r1-7b:q4_K_M'),
  endpoint: endpointId('ollama'),
  engine: 'ollama',
  ref: 'r1-7b:q4_K_M',
  name: 'r1-7b:q4_K_M',
  loaded: true,
})

describe('a row of equal weights in the list', () => {
  function actions(places: readonly [Variant, ...Variant[]]): string[] {
    const done: string[] = []
    const [variant] = places
    render(
      <RowActions
        row={{ kind: 'variant', variant, places, distinction: null, fit: null, reference: false, job: null }}
        selected={null}
        load={({ id }) => done.push(`load ${id}`)}
        unload={({ id }) => done.push(`unload ${id}`)}
      />,
    )
    return done
  }

  it('asks in which place it is loaded or unloaded', async () => {
    const done = actions([file, tag])
    fireEvent.click(screen.getByRole('button', { name: 'Load or unload specimen Q4_K_M, in one of 2 places' }))
    expect(done).toEqual([])
    const items = await screen.findAllByRole('menuitem')
    expect(items.map(({ textContent }) => textContent)).toEqual([
      'Load with built-inspecimen-Q4_K_M.gguf',
      'Unload from Ollamar1-7b:q4_K_M',
    ])
    fireEvent.click(items[1]!)
    expect(done).toEqual([`unload ${tag.id}`])
  })

  it('acts at once where there is one place', () => {
    const done = actions([file])
    fireEvent.click(screen.getByRole('button', { name: 'Load specimen Q4_K_M' }))
    expect(done).toEqual([`load ${file.id}`])
  })
})

describe('a row of equal weights in the set-up of a run', () => {
  it('says where it is run, and lets that be chosen', () => {
    const chosen: string[] = []
    render(
      <table>
        <tbody>
          <VariantChoiceRow
            variant={file}
            places={[file, tag]}
            distinction={null}
            chosen
            isReference={false}
            fit={null}
            onToggle={() => chosen.push('toggled')}
            onReference={() => chosen.push('reference')}
            onPlace={(id) => chosen.push(id)}
          />
        </tbody>
      </table>,
    )
    const select = screen.getByRole('combobox', { name: 'Where specimen Q4_K_M is run' })
    expect([...select.querySelectorAll('option')].map(({ textContent }) => textContent)).toEqual([
      'specimen-Q4_K_M.gguf, built-in',
      'r1-7b:q4_K_M, Ollama, loaded',
    ])
    fireEvent.change(select, { target: { value: tag.id } })
    expect(chosen).toEqual([tag.id])
  })
})
