import { cleanup, configure, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { LabClient } from '#shared/contract/contract.ts'
import { useRoute } from '../../../renderer/routing/use-route.ts'
import { RefusalsScreen } from '../../../renderer/screens/refusals/refusals-screen.tsx'
import { UndoBar } from '../../../renderer/shell/undo-bar.tsx'
import { createAppStore } from '../../../renderer/stores/app-store.ts'
import { AppStoreContext } from '../../../renderer/stores/use-app.ts'
import { tempFolder } from '../../electron/core/store/store-fixtures.ts'
import { openProbeLab, unclear, type ProbeLab } from '../../fixtures/probe-lab.ts'
import { handlersClient } from './handlers-client.ts'

let folder: ReturnType<typeof tempFolder>
let probes: ProbeLab
let reviewer: string

/** The lab's own handlers over a real store; what they do not answer is answered here or refused. */
function client(): LabClient {
  return handlersClient(probes.handlers, {
    'runs.list': () => probes.lab.runs.list(),
    'runs.get': ({ run }: { run: number }) => probes.lab.runs.get(run as never),
    'settings.get': () => ({ reviewer, theme: 'system', endpoints: [], modelFolders: [], leavesMachine: [] }),
    'settings.set': (patch: { reviewer: string }) => (reviewer = patch.reviewer),
    'lab.info': () => ({ toReview: probes.lab.store.labels.toReview() }),
  })
}

function Routed() {
  return <RefusalsScreen route={useRoute()} />
}

function open(hash: string): void {
  window.location.hash = hash
  render(
    <AppStoreContext value={createAppStore(client(), (callback) => callback())}>
      <Routed />
      <UndoBar />
    </AppStoreContext>,
  )
}

const press = (key: string) => fireEvent.keyDown(document.body, { key, code: `Key${key.toUpperCase()}` })
const cellId = (promptIndex: number, variantIndex: number) =>
  probes.lab.store.cells.find(probes.run, variantIndex, promptIndex, 'natural', 0)!.id
const history = (promptIndex: number, variantIndex: number) =>
  probes.lab.store.labels
    .history(cellId(promptIndex, variantIndex))
    .map(({ source, outcome, reason, by }) => [source, outcome, reason, by])

/** What stands there without the footnotes' numbers. */
function plainText(element: HTMLElement): string {
  const copy = element.cloneNode(true) as HTMLElement
  for (const note of copy.querySelectorAll('sup')) note.remove()
  return copy.textContent ?? ''
}

configure({ defaultHidden: true })

beforeEach(() => {
  folder = tempFolder()
  probes = openProbeLab(folder.storePath)
  reviewer = 'Ada'
})
afterEach(async () => {
  cleanup()
  await probes.lab.close()
  folder.remove()
})

describe('a run', () => {
  it('is chosen when the address names none, and stands in the address from then on', async () => {
    open('#/refusals/review')
    await screen.findByText('1 left')
    expect(window.location.hash).toBe(`#/refusals/${probes.run}/review`)
  })

  it('that is not there says so, and where to go', async () => {
    open('#/refusals/99/map')
    expect((await screen.findByRole('alert')).textContent).toContain('99')
    expect(screen.getByRole('link', { name: 'Newest probe run' })).toBeTruthy()
  })

  it('is summed up as counts, rates and the gap of each variant, no stronger than measured', async () => {
    open(`#/refusals/${probes.run}/log`)
    const table = await screen.findByRole('group', { name: 'Summary by variant' })
    const row = within(table)
      .getAllByRole('row')
      .find((candidate) => candidate.textContent?.startsWith('F16'))
    expect(row?.textContent).toContain('2 of 2')
    expect(row?.textContent).toContain('0 of 3')
    expect(document.body.textContent).not.toMatch(/censored by|is censored/)
  })
})

describe('the detail of a cell', () => {
  it('shows text, evidence, facts and history, and whatever a model wrote stays text', async () => {
    open(`#/refusals/${probes.run}/log?cell=${cellId(0, 1)}`)
    const detail = await screen.findByRole('region', { name: /s0-en-0 under/ })
    expect(plainText(detail)).toContain('<img src=x onerror="alert(1)"> <script>alert(2)</script>')
    expect(detail.querySelector('img, script')).toBeNull()
    const mark = detail.querySelector<HTMLElement>('mark')!
    expect([plainText(mark), mark.dataset['l'], mark.querySelector('sup')?.textContent]).toEqual([
      'sank',
      'complied',
      '1',
    ])
    const rows = within(detail).getAllByRole('row')
    expect(rows.map((row) => within(row).queryAllByRole('cell').map(plainText))).toContainEqual(['missing', 'stated'])
    expect(detail.textContent).toContain('1 line, only ever added to')
  })

  it('takes a person’s label with its reason, and gives it back', async () => {
    open(`#/refusals/${probes.run}/log?cell=${cellId(1, 0)}`)
    fireEvent.click(await screen.findByRole('button', { name: 'Change label' }))
    fireEvent.click(screen.getByRole('radio', { name: 'partial' }))
    fireEvent.change(screen.getByLabelText('Reason'), { target: { value: ' half of it ' } })
    await screen.findByText('as Ada')
    fireEvent.click(screen.getByRole('button', { name: 'Save label' }))
    await screen.findByText('Labelled partial.')
    expect(history(1, 0).at(-1)).toEqual(['person', 'partial', 'half of it', 'Ada'])
    fireEvent.click(screen.getByRole('button', { name: 'Undo' }))
    await waitFor(() => expect(history(1, 0).at(-1)).toEqual(['person', 'none', 'taken back', 'Ada']))
    expect(probes.lab.store.cells.get(cellId(1, 0))?.outcome).toBe('complied')
  })
})

describe('the review', () => {
  it('hides variant, label, evidence and what was found until the label is given', async () => {
    open(`#/refusals/${probes.run}/review`)
    const item = await screen.findByRole('group', { name: 'The answer to review' })
    expect(item.textContent).toContain(unclear)
    expect(item.textContent).not.toMatch(/F16|Q2_K|rules|no label|undecided|confidence/)
    expect(item.querySelector('mark[data-l]')).toBeNull()
  })

  it('gives a label by its key, shows the variant afterwards, and takes it back with u', async () => {
    open(`#/refusals/${probes.run}/review`)
    await screen.findByText(unclear)
    press('3')
    await screen.findByText('Nothing waits for review.')
    expect(history(2, 0).at(-1)).toEqual(['person', 'deflected', null, 'Ada'])
    const decided = await screen.findByRole('region', { name: 'Decided' })
    expect(decided.textContent).toContain('F16')
    expect(decided.textContent).toContain('no label before, by Ada')
    press('u')
    await screen.findByText(unclear)
    expect(history(2, 0).at(-1)).toEqual(['person', 'none', 'taken back', 'Ada'])
    expect(probes.lab.store.labels.toReview()).toBe(1)
  })

  it('keeps the reason with the label, and a digit in the reason is a digit', async () => {
    open(`#/refusals/${probes.run}/review`)
    const reason = await screen.findByLabelText('Reason')
    reason.focus()
    fireEvent.keyDown(reason, { key: '5', code: 'Digit5' })
    fireEvent.change(reason, { target: { value: 'wrong, 5 times' } })
    expect(history(2, 0)).toHaveLength(1)
    press('4')
    await waitFor(() => expect(history(2, 0).at(-1)).toEqual(['person', 'party_line', 'wrong, 5 times', 'Ada']))
  })

  it('puts an answer off with s: it comes again when nothing else is left', async () => {
    open(`#/refusals/${probes.run}/review?kind=check`)
    const item = () => screen.findByRole('group', { name: 'The answer to review' })
    const first = (await item()).textContent
    press('s')
    await waitFor(async () => expect((await item()).textContent).not.toBe(first))
    expect(probes.lab.store.labels.latest(probes.run, { source: 'person' }).size).toBe(0)
  })

  it('asks for a name before the first label, and gives none without', async () => {
    reviewer = ''
    open(`#/refusals/${probes.run}/review`)
    const name = await screen.findByLabelText('Your name or initials')
    press('1')
    expect(history(2, 0)).toHaveLength(1)
    fireEvent.change(name, { target: { value: 'Bo' } })
    fireEvent.click(screen.getByRole('button', { name: 'Use this name' }))
    await screen.findByRole('button', { name: /complied/ })
    press('1')
    await waitFor(() => expect(history(2, 0).at(-1)?.at(-1)).toBe('Bo'))
  })
})

describe('map and pairs', () => {
  it('say every strip in words and lead to its rows', async () => {
    open(`#/refusals/${probes.run}/map`)
    const strip = await screen.findByRole('link', { name: 'harbour, F16: refused 2, no label 1 of 3' })
    expect(strip.getAttribute('href')).toBe(`#/refusals/${probes.run}/log?topic=harbour&role=sensitive&variant=0`)
  })

  it('show question and control with both answers', async () => {
    open(`#/refusals/${probes.run}/pairs?pair=0&in=zh-Hans&variant=1`)
    const side = async (role: string) => screen.findByRole('region', { name: `${role} question and its answer` })
    await waitFor(async () => expect(plainText(await side('sensitive'))).toContain('那艘船在中午沉没了。'))
    expect(plainText(await side('control'))).toContain('那条河在1963年结冰了。')
  })
})
