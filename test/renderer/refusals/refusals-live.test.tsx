import { cleanup, configure, render, screen, waitFor } from '@testing-library/react'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { LabClient } from '#shared/contract/contract.ts'
import type { RunEvent } from '#shared/domain/run.ts'
import { useRoute } from '../../../renderer/routing/use-route.ts'
import { RefusalsScreen } from '../../../renderer/screens/refusals/refusals-screen.tsx'
import { createAppStore } from '../../../renderer/stores/app-store.ts'
import { AppStoreContext } from '../../../renderer/stores/use-app.ts'
import { tempFolder } from '../../electron/core/store/store-fixtures.ts'
import { openUnrunProbeLab, type ProbeLab } from '../../fixtures/probe-lab.ts'
import { handlersClient } from './handlers-client.ts'

let folder: ReturnType<typeof tempFolder>
let probes: ProbeLab
let events: ReadableStreamDefaultController<RunEvent>

/** The lab's own handlers over a real store of a run that goes, whose events come when the test sends them. */
function client(): LabClient {
  const watched = new ReadableStream<RunEvent>({ start: (controller) => void (events = controller) })
  const own = {
    'runs.list': () => probes.lab.runs.list(),
    'runs.get': () => ({ ...probes.lab.runs.get(probes.run), state: 'running' }),
    'settings.get': () => ({ reviewer: 'Ada', theme: 'system', endpoints: [], modelFolders: [], leavesMachine: [] }),
  }
  return handlersClient(probes.handlers, own, { 'runs.watch': () => watched })
}

function Routed() {
  return <RefusalsScreen route={useRoute()} />
}

function open(hash: string): void {
  window.location.hash = hash
  render(
    <AppStoreContext value={createAppStore(client(), (callback) => setTimeout(callback))}>
      <Routed />
    </AppStoreContext>,
  )
}

/** One cell ends in the lab, and the page is told. */
function end(variantIndex: number, promptIndex: number): void {
  const { store } = probes.lab
  probes.end((cell) => cell.variantIndex === variantIndex && cell.promptIndex === promptIndex)
  const { run } = probes
  const cell = store.cells.find(run, variantIndex, promptIndex, 'natural', 0)!
  const { counts } = probes.lab.runs.get(run)
  events.enqueue({ kind: 'cell-done', run, cell })
  events.enqueue({ kind: 'progress', run, counts, activeSeconds: 1, variants: [], secondsLeft: null, waitingFor: null })
}

const tab = (name: string) =>
  screen.getByRole('navigation', { name: 'Views of the refusal log' }).querySelector(`a[href*="/${name}"]`)?.textContent

configure({ defaultHidden: true })
vi.setConfig({ testTimeout: 90_000 })

beforeEach(() => {
  folder = tempFolder()
  probes = openUnrunProbeLab(folder.storePath)
})
afterEach(async () => {
  cleanup()
  await probes.lab.close()
  folder.remove()
})

it('the refusals of a run that goes count what has ended as it ends', async () => {
  open(`#/refusals/${probes.run}/log`)
  await screen.findByText('This run is going: 0 of 16 cells.')
  await screen.findByText('No probe was answered yet.')
  end(0, 0)
  end(0, 2)
  await screen.findByText('This run is going: 2 of 16 cells.')
  await waitFor(() => expect([tab('log'), tab('review')]).toEqual(['Log2', 'Review1']))
  await screen.findByRole('grid', { name: 'Log' })
  // The next ones wait for the first reading to be some seconds old.
  end(0, 1)
  await waitFor(() => expect(tab('log')).toBe('Log3'))
  expect(screen.getByRole('group', { name: 'Summary by variant' }).textContent).toContain('1 of 1')
})
