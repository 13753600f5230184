import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, expect, it, vi } from 'vitest'
import { useActions } from '../../../renderer/actions/use-actions.ts'

afterEach(cleanup)

function Field({ palette, go }: { readonly palette: () => void; readonly go: () => void }) {
  useActions('anywhere', { palette, 'new-run': go })
  return <input aria-label="Prompt" />
}

it('opens the palette from a field, and leaves letters to it', () => {
  const [palette, go] = [vi.fn(), vi.fn()]
  render(<Field palette={palette} go={go} />)
  const field = screen.getByRole('textbox')
  fireEvent.keyDown(field, { key: 'n', code: 'KeyN' })
  expect(go).not.toHaveBeenCalled()
  expect(fireEvent.keyDown(field, { key: 'k', code: 'KeyK', ctrlKey: true })).toBe(false)
  expect(palette).toHaveBeenCalledOnce()
})
