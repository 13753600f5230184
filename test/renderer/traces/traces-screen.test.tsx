import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { cellHandlers } from '#core/handlers/cell-handlers.ts'
import type { LabServices } from '#core/handlers/lab-services.ts'
import { openStore } from '#core/store/open-store.ts'
import type { Store } from '#core/store/store.ts'
import { contract, type LabClient } from '#shared/contract/contract.ts'
import { LabError } from '#shared/domain/error.ts'
import type { RunId } from '#shared/domain/ids.ts'
import type { TokenRecord } from '#shared/domain/trace.ts'
import { useRoute } from '../../../renderer/routing/use-route.ts'
import { TracesScreen } from '../../../renderer/screens/traces/traces-screen.tsx'
import { createAppStore } from '../../../renderer/stores/app-store.ts'
import { AppStoreContext } from '../../../renderer/stores/use-app.ts'
import { cellIds, failedRecord, makeRecord, makeRun, tempFolder } from '../../electron/core/store/store-fixtures.ts'

const hostile = '<img src=x onerror="document.title=1"> <script>1</script>'
let temp: ReturnType<typeof tempFolder>
let store: Store
let plain: RunId
let scored: RunId

const token = (text: string, p: number, other: readonly [string, number]): TokenRecord => ({
  text,
  logprob: Math.log(p),
  id: null,
  alternatives: [
    { text, logprob: Math.log(p), id: null },
    { text: other[0], logprob: Math.log(other[1]), id: null },
  ],
})

/** Two prompts under two variants; the second prompt failed under both. */
function fill(alternatives: number | null): RunId {
  const { suite, run } = makeRun({ prompts: 2, variants: ['F16', 'Q2_K'] })
  store.suites.put(suite, 'user', 1)
  const id = store.runs.create({ ...run, spec: { ...run.spec, alternatives } })
  const [left, leftFailed, right, rightFailed] = cellIds(store, id)
  const text = (km: string) => ({ thinking: `So ${km} km. Wait, I must check.`, answer: hostile })
  const tokens = (km: string, other: string, p: number) => [
    token('So', 1, [' x', 0]),
    token(` ${km}`, p, [` ${other}`, 0.2]),
    token(' km', 1, [' x', 0]),
  ]
  store.cells.record(
    makeRecord(left!, { ...text('270'), tokens: alternatives === null ? null : tokens('270', '310', 0.7) }),
  )
  store.cells.record(
    makeRecord(right!, { ...text('310'), tokens: alternatives === null ? null : tokens('310', '270', 0.5) }),
  )
  for (const cell of [leftFailed, rightFailed]) store.cells.record(failedRecord(cell!))
  return id
}

/** The lab's own handlers over a real store; what else the screen might ask is refused. */
function client(): LabClient {
  const runs = {
    get: (id: RunId) => store.runs.get(id),
    facts: (id: RunId) => store.cells.facts(id),
    prompts: (id: RunId) => {
      const suite = store.suites.get(store.runs.get(id)!.suites[0]!.hash)!
      return suite.prompts.map((prompt) => ({ suite, prompt }))
    },
  }
  const handlers = {
    ...cellHandlers({ store, runs } as unknown as LabServices),
    'runs.get'({ run }: { run: RunId }) {
      const found = store.runs.get(run)
      if (found === null) throw new LabError('NOT_FOUND', `There is no run ${run}.`)
      return found
    },
    'runs.list': () => store.runs.list(),
  }
  return new Proxy({} as LabClient, {
    get: (_, name: keyof typeof contract) => async (input: unknown) => {
      const handler = (handlers as Record<string, unknown>)[name] as ((parsed: unknown) => unknown) | undefined
      if (handler === undefined) throw new LabError('NOT_FOUND', `this lab has no ${name}`)
      return handler(contract[name].input.parse(input))
    },
  })
}

function Routed() {
  return <TracesScreen route={useRoute()} />
}

function open(hash: string): void {
  window.location.hash = hash
  render(
    <AppStoreContext value={createAppStore(client(), (callback) => callback())}>
      <Routed />
    </AppStoreContext>,
  )
}

const pane = (name: string) => screen.findByRole('region', { name: `Trace of ${name}` })
const press = (key: string) =>
  fireEvent.keyDown(document.body, { key, code: key === ']' ? 'BracketRight' : `Key${key.toUpperCase()}` })

beforeAll(() => {
  temp = tempFolder()
  store = openStore({ path: temp.storePath })
  plain = fill(null)
  scored = fill(1)
  vi.stubGlobal(
    'IntersectionObserver',
    class {
      readonly #seen: (entries: { isIntersecting: boolean }[]) => void
      constructor(seen: (entries: { isIntersecting: boolean }[]) => void) {
        this.#seen = seen
      }
      observe() {
        this.#seen([{ isIntersecting: true }])
      }
      disconnect() {}
    },
  )
  Element.prototype.scrollIntoView = () => {}
})
afterAll(() => {
  store.close()
  temp.remove()
})
afterEach(cleanup)

describe('the Traces screen', () => {
  it('shows the reference beside another variant, and what a model wrote only as text', async () => {
    open(`#/traces/${plain}?prompt=0`)
    expect(await within(await pane('F16')).findByText(/270/)).toBeTruthy()
    expect(within(await pane('Q2_K')).getByText('self-correction')).toBeTruthy()
    expect((await pane('Q2_K')).textContent).toContain(hostile)
    expect(document.querySelector('img, script')).toBeNull()
  })

  it('heads each part with its name and its size, and offers how the answer is read beside it', async () => {
    open(`#/traces/${plain}?prompt=0`)
    const shown = within(await pane('F16'))
    const thinking = await shown.findByText('Thinking')
    expect(thinking.parentElement?.textContent).toBe('Thinking30 characters')
    expect(shown.getByRole('button', { name: /^Step 1/ }).textContent).not.toContain('characters')
    const answer = within(shown.getByRole('group', { name: 'Answer' }))
    const reading = within(answer.getByRole('group', { name: 'How answers are read' }))
    expect(reading.getAllByRole('button').map(({ textContent }) => textContent)).toEqual(['Formatted', 'As written'])
  })

  it('says why there are no probabilities, and what keeps them', async () => {
    open(`#/traces/${plain}?prompt=0`)
    await within(await pane('F16')).findByText(/270/)
    press('h')
    expect((await screen.findByText('No token heat to show.')).parentElement?.textContent).toContain('--alternatives')
    expect(document.querySelector('[data-token]')).toBeNull()
  })

  it('marks where the texts part, with both candidates and the margins', async () => {
    open(`#/traces/${scored}?prompt=0&heat=probability`)
    const side = await screen.findByRole('region', { name: 'First divergence' })
    expect(await within(side).findByText('margin +50.0 points')).toBeTruthy()
    expect(within(side).getByText('margin +30.0 points')).toBeTruthy()
    expect(within(side).getByText(/1 token is the same/)).toBeTruthy()
    expect((await pane('F16')).querySelector('[data-divergence]')?.textContent).toBe('270')
    expect((await pane('Q2_K')).querySelector('[data-divergence][data-token="1"]')?.textContent).toContain('310')
  })

  it('shows words that only one variant has with x, and the raw text with r', async () => {
    open(`#/traces/${plain}?prompt=0`)
    await within(await pane('Q2_K')).findByText(/310/)
    press('x')
    await waitFor(async () =>
      expect((await pane('Q2_K')).querySelector('[data-scroller] span[data-p=Q2_K]')).not.toBeNull(),
    )
    expect(window.location.hash).toContain('view=diff')
    press('r')
    await waitFor(async () => expect((await pane('F16')).textContent).toContain('</think>'))
  })

  it('keeps what a failed cell had written, and says why it failed', async () => {
    open(`#/traces/${plain}?prompt=0`)
    await within(await pane('F16')).findByText(/270/)
    press(']')
    const failed = within(await pane('F16'))
    expect((await failed.findByRole('alert')).textContent).toContain('No text for 100 ms.')
    expect(failed.getByText(/is kept below/)).toBeTruthy()
    expect(failed.getByText('I was cut')).toBeTruthy()
  })

  it('finds a word in all traces, and goes from hit to hit', async () => {
    open(`#/traces/${plain}?q=check`)
    expect(await screen.findByText('2 in thinking, 0 in answers')).toBeTruthy()
    press('n')
    await waitFor(() => expect(document.querySelector('[data-hit=current]')?.textContent).toBe('check'))
    expect(window.location.hash).toContain('hit=0.0')
    press('n')
    await waitFor(async () => expect((await pane('Q2_K')).querySelector('[data-hit=current]')).not.toBeNull())
  })

  it('counts what each filter would leave', async () => {
    open(`#/traces/${plain}`)
    fireEvent.click(await screen.findByRole('button', { name: 'failed 2' }))
    await waitFor(() => expect(window.location.hash).toContain('state=error'))
    expect(await screen.findByRole('button', { name: 'failed 2', pressed: true })).toBeTruthy()
  })

  it('says of a run that is not there that it is not', async () => {
    open('#/traces/99')
    expect((await screen.findByRole('alert')).textContent).toContain('There is no run 99.')
    expect(screen.getByText('All runs').getAttribute('href')).toBe('#/traces')
  })
})
