import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { EditorView } from '@codemirror/view'
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openLab, type Lab } from '#core/lab.ts'
import { useRoute } from '../../../renderer/routing/use-route.ts'
import { readDraft, writeDraft } from '../../../renderer/screens/suites/editor/drafts.ts'
import { SuitesScreen } from '../../../renderer/screens/suites/suites-screen.tsx'
import { UndoBar } from '../../../renderer/shell/undo-bar.tsx'
import { createAppStore } from '../../../renderer/stores/app-store.ts'
import { AppStoreContext } from '../../../renderer/stores/use-app.ts'

/** The real lab in a temporary folder behind the real screen. */

// jsdom lays nothing out; the editor asks how large its letters are.
Range.prototype.getClientRects = () => [] as unknown as DOMRectList

let folder = ''
let lab: Lab

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'assay-suites-page-'))
  lab = await openLab({ home: folder, env: { OLLAMA_HOST: 'http://127.0.0.1:9' } })
})
afterEach(async () => {
  cleanup()
  writeDraft('new suite ', null)
  await lab.close()
  rmSync(folder, { recursive: true, force: true })
})

function Page() {
  return (
    <>
      <SuitesScreen route={useRoute()} />
      <UndoBar />
    </>
  )
}

function open(hash: string): void {
  window.location.hash = hash
  render(
    <AppStoreContext value={createAppStore(lab.client, (callback) => void setTimeout(callback, 0))}>
      <Page />
    </AppStoreContext>,
  )
}

const sound = 'name: sums\nprompts:\n  - {id: a, text: 2 + 2?, expected: 4}\n  - {id: b, text: 3 + 3?, expected: 6}\n'

/** The editor of the text; it is loaded when it is first needed. */
async function editor(): Promise<EditorView> {
  const content = await screen.findByRole('textbox', { name: /^Source of/ })
  const view = EditorView.findFromDOM(content)
  if (view === null) throw new Error('the text is in no editor')
  return view
}

async function type(text: string): Promise<EditorView> {
  const view = await editor()
  view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text }, userEvent: 'input' })
  return view
}

const textOf = (view: EditorView): string => view.state.doc.toString()

describe('the reader', () => {
  it('shows the prompts of a suite, and one of them whole', async () => {
    await lab.client['suites.save']({ text: sound, format: 'yaml' })
    open('#/suites/sums')
    const grid = await screen.findByRole('grid', { name: 'Prompts of sums' })
    fireEvent.keyDown(grid, { key: 'End' })
    const detail = await screen.findByRole('region', { name: 'Prompt' })
    expect(await within(detail).findByText('3 + 3?')).toBeDefined()
    expect(window.location.hash).toBe('#/suites/sums?row=1')
    fireEvent.change(screen.getByRole('searchbox'), { target: { value: '2 +' } })
    expect(await screen.findByText('1 of 2')).toBeDefined()
  })

  it('says so where a suite is not there', async () => {
    open('#/suites/nothing-of-the-kind')
    expect((await screen.findByRole('alert')).textContent).toContain('There is no suite nothing-of-the-kind')
  })

  it('deletes, and takes it back', async () => {
    await lab.client['suites.save']({ text: sound, format: 'yaml' })
    open('#/suites/sums')
    fireEvent.click(await screen.findByRole('button', { name: 'Delete' }))
    await waitFor(async () => expect(await names()).not.toContain('sums'))
    fireEvent.click(await screen.findByRole('button', { name: 'Undo' }))
    await waitFor(async () => expect(await names()).toContain('sums'))
  })

  it('says what graded prompts can tell, and nothing of the kind of a probe pack', async () => {
    open('#/suites/specimen-quick')
    expect(await screen.findByText(/^With \d+ graded prompts you cannot see/)).toBeDefined()
    const list = screen.getByRole('navigation', { name: 'Suites' })
    expect(within(list).getByRole('link', { name: /^specimen-quick/ }).textContent).toMatch(/\d points/)
    expect(within(list).getByRole('link', { name: /^prc-starter/ }).textContent).not.toContain('points')
    cleanup()
    open('#/suites/prc-starter')
    expect(await screen.findByRole('grid', { name: 'Prompts of prc-starter' })).toBeDefined()
    const about = screen.getByRole('region', { name: 'About' })
    expect(within(about).queryByText(/you cannot see/)).toBeNull()
  })

  it('offers no way to change or delete what ships with Assay', async () => {
    open('#/suites/specimen-quick')
    expect(await screen.findByRole('button', { name: 'Duplicate to edit' })).toBeDefined()
    expect(screen.queryByRole('button', { name: 'Delete' })).toBeNull()
    expect(screen.queryByRole('link', { name: 'Edit' })).toBeNull()
  })
})

describe('the editor', () => {
  it('keeps all that is typed while the page is still drawing what was typed before', async () => {
    open('#/suites/new')
    const view = await editor()
    view.dispatch({ changes: { from: 0, to: view.state.doc.length } })
    const keys = Array.from({ length: 200 }, (_, index) => `# ${index}\n`)
    for (const [index, key] of keys.entries()) {
      view.dispatch({ changes: { from: view.state.doc.length, insert: key }, userEvent: 'input' })
      // Keys come between any two steps of the page's drawing.
      for (let steps = index % 4; steps > 0; steps--) await new Promise((resolve) => setImmediate(resolve))
    }
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(textOf(view)).toBe(keys.join(''))
  })

  it('tells a mistake at its place, mends it, and keeps the suite until that is undone', async () => {
    open('#/suites/new')
    const view = await type(sound.replace('expected: 4', 'grader: {kind: nubmer, expected: 4}'))
    const problems = screen.getByRole('region', { name: 'Problems' })
    expect(await within(problems).findByText('3:42')).toBeDefined()
    const area = view.contentDOM
    expect(area.getAttribute('aria-invalid')).toBe('true')
    expect(document.getElementById(area.getAttribute('aria-describedby') ?? '')?.textContent).toContain('1 problem')
    expect(area.querySelector('.cm-lintRange-error')?.textContent).toBe('nubmer')
    fireEvent.keyDown(window, { key: 's', ctrlKey: true })
    expect(view.state.selection.main.head).toBe(textOf(view).indexOf('nubmer'))
    fireEvent.click(within(problems).getByRole('button', { name: 'Change to number' }))
    expect(textOf(view)).toContain('{kind: number, expected: 4}')
    expect(await within(problems).findByText('No problems, 2 prompts.')).toBeDefined()
    fireEvent.keyDown(window, { key: 's', ctrlKey: true })
    await waitFor(async () => expect(await names()).toContain('sums'))
    fireEvent.click(await screen.findByRole('button', { name: 'Undo' }))
    await waitFor(async () => expect(await names()).not.toContain('sums'))
    expect(textOf(await editor())).toContain('{kind: number, expected: 4}')
  })

  it('keeps what is not saved over leaving, and offers the way back', async () => {
    open('#/suites/new')
    await type(sound)
    window.location.hash = '#/suites/specimen-quick'
    expect(await screen.findByText(/not saved. They are kept as a draft/)).toBeDefined()
    fireEvent.click(screen.getByRole('button', { name: 'Undo' }))
    const view = await editor()
    expect(textOf(view)).toBe(sound)
    fireEvent.click(screen.getByRole('button', { name: 'Discard changes' }))
    await waitFor(() => expect(textOf(view)).not.toBe(sound))
  })

  it('saves a changed suite as a version of its own', async () => {
    await lab.client['suites.save']({ text: sound, format: 'yaml' })
    const before = await lab.client['suites.get']({ suite: 'sums' })
    open('#/suites/sums/edit')
    await type(sound.replace('expected: 6', 'expected: 7'))
    fireEvent.click(screen.getByRole('button', { name: /^Save/ }))
    await waitFor(async () => expect((await names()).filter((name) => name === 'sums')).toHaveLength(2))
    expect((await lab.client['suites.get']({ suite: 'sums' })).hash).not.toBe(before.hash)
    expect(await lab.client['suites.get']({ suite: before.hash })).toEqual(before)
  })

  it('leaves whoever has gone elsewhere while it saves where they are', async () => {
    open('#/suites/new')
    await type(sound)
    expect(await screen.findByText('No problems, 2 prompts.')).toBeDefined()
    fireEvent.click(screen.getByRole('button', { name: /^Save/ }))
    window.location.hash = '#/runs'
    await waitFor(async () => expect(await names()).toContain('sums'))
    await waitFor(() => expect(readDraft('new suite ')).toBeNull())
    expect(window.location.hash).toBe('#/runs')
  })

  it('says before saving what the name means already: a version saved meanwhile, or another suite', async () => {
    await lab.client['suites.save']({ text: sound, format: 'yaml' })
    const before = await lab.client['suites.get']({ suite: 'sums' })
    const other = sound.replace('expected: 6', 'expected: 8')
    const newer = await lab.client['suites.save']({ text: other, format: 'yaml' })
    open(`#/suites/${before.hash}/edit`)
    const shown = newer.hash.slice('sha256:'.length, 'sha256:'.length + 6)
    expect(await screen.findByText(new RegExp(`^sums was saved again since this text: ${shown}`))).toBeDefined()
    cleanup()
    open('#/suites/new')
    await type(sound)
    expect(await screen.findByText('There is a suite called sums already.')).toBeDefined()
    await type(sound.replace('sums', 'more sums'))
    await waitFor(() => expect(screen.queryByText(/There is a suite called/)).toBeNull())
  })
})

describe('an import', () => {
  const choose = async (name: string, text: string) =>
    fireEvent.change(await screen.findByLabelText('Suite files'), {
      target: { files: [new File([text], name)] },
    })

  it('tells mistakes at file, line and column, and keeps nothing', async () => {
    open('#/suites/import')
    await choose('<b>x</b>.yaml', 'prompts:\n  - txt: a\n')
    expect((await screen.findAllByText('<b>x</b>.yaml:2:5')).length).toBe(2)
    expect(screen.queryByRole('button', { name: /^Keep/ })).toBeNull()
    expect(document.querySelector('article b')).toBeNull()
  })

  it('keeps a table when somebody says so', async () => {
    open('#/suites/import')
    await choose('sums.csv', 'question;answer;remark\n"1;1?";2;x\n')
    expect(await screen.findByText(/column "remark" is not used/)).toBeDefined()
    fireEvent.click(screen.getByRole('button', { name: 'Keep 1 prompt' }))
    await waitFor(async () => expect(await names()).toContain('sums'))
  })
})

const names = async () => (await lab.client['suites.list']({})).map(({ name }) => name)
