import { availableParallelism } from 'node:os'
import { setTimeout as wait } from 'node:timers/promises'
import { invoke } from '#shared/contract/serve.ts'
import { contract, type LabClient, type LabContract } from '#shared/contract/contract.ts'
import type { CallOptions, Handlers } from '#shared/contract/wire-types.ts'
import { assayVersion } from './assay-version.ts'
import { cellHandlers } from './handlers/cell-handlers.ts'
import { announceChanges, createChanges } from './handlers/changes.ts'
import { compareHandlers } from './handlers/compare-handlers.ts'
import { withElsewhere } from './handlers/elsewhere.ts'
import { labHandlers } from './handlers/lab-handlers.ts'
import type { LabServices } from './handlers/lab-services.ts'
import { refusalHandlers } from './handlers/refusal-handlers.ts'
import { runHandlers } from './handlers/run-handlers.ts'
import { suiteHandlers } from './handlers/suite-handlers.ts'
import { trialHandlers } from './handlers/trial-handlers.ts'
import { variantHandlers } from './handlers/variant-handlers.ts'
import { keepHeapSmall } from './keep-heap-small.ts'
import { openEngines } from './open-engines.ts'
import { resourcePath } from './resources.ts'
import { executorName, isGoneHere } from './runs/executor-name.ts'
import type { Clock } from './runs/run-deps.ts'
import { createRuns } from './runs/runs.ts'
import { openHome } from './store/home.ts'
import { openStore } from './store/open-store.ts'
import { bundledSuites } from './suites/load-suites.ts'
import { createSuiteLibrary } from './suites/suite-library.ts'
import { fitVariant } from './variants/fit-variant.ts'
import { variantFiles } from './variants/files.ts'
import { forkWorker } from './workers/fork-worker.ts'
import type { SpawnWorker } from './workers/worker-process.ts'

export interface LabOptions {
  /** Data folder; default: ASSAY_HOME, else the platform's convention. */
  readonly home?: string
  readonly env?: NodeJS.ProcessEnv
  /** Told of errors that nobody expects, to be logged. */
  readonly onBug?: (error: unknown) => void
  /** How the processes beside the lab are started. Default: forked. */
  readonly spawn?: SpawnWorker
}

/** The lab, open: what the three hosts have in common. */
export interface Lab {
  readonly home: string
  readonly handlers: Handlers<LabContract>
  /** Calls in this process: the same parsing, the same errors, no copying. */
  readonly client: LabClient
  /** Cancels what runs, waits until it is stored, closes engines and store. Idempotent. */
  close(): Promise<void>
}

const clock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  // An abort ends the wait; whoever waits looks at the signal anyway.
  sleep: (ms, signal) => wait(ms, undefined, signal === undefined ? {} : { signal }).catch(() => {}),
}

/**
 * Opens the lab: the one place where its parts are made and joined.
 * @throws LabError STORE_LOCKED | STORE_NEWER | STORE_CORRUPT | READ_ONLY | DISK_FULL
 */
export async function openLab({
  home: wanted,
  env = process.env,
  onBug = console.error,
  spawn = forkWorker,
}: LabOptions = {}): Promise<Lab> {
  keepHeapSmall()
  const { folder: home, storePath } = openHome(wanted, env)
  const store = openStore({ path: storePath, now: clock.now })
  const files = variantFiles(store.variants)
  const changes = createChanges()
  const closed = new AbortController()
  const cores = availableParallelism()
  const onNews = () => changes.tell(['variants'])
  const { settings, variants, close: closeEngines } = openEngines({ store, files, home, env, spawn, cores, onNews })
  const suites = createSuiteLibrary({
    repository: store.suites,
    loadBundled: () => bundledSuites(resourcePath()),
    now: clock.now,
  })
  const runs = createRuns({
    store,
    clock,
    cores,
    builtinThreads: () => settings.get().builtinThreads,
    onBug,
    assayVersion,
    owner: executorName(),
    isGone: isGoneHere,
    engine: (endpoint) => variants.engine(endpoint),
    variant: (name, signal) => variants.find(name, signal),
    suite: (name) => suites.find(name),
    fit: (variant, contextTokens) => fitVariant(variants.engine(variant.endpoint), variant, contextTokens),
  })
  const services: LabServices = {
    home,
    version: assayVersion,
    store,
    settings,
    suites,
    files,
    variants,
    runs,
    clock,
    changes: withElsewhere({ changes, store, settings, clock, closed: closed.signal }),
    spawn,
  }
  const handlers = makeHandlers(services)
  let closing: Promise<void> | null = null
  const close = async () => {
    closed.abort()
    await runs.close()
    await closeEngines()
    store.close()
  }
  return { home, handlers, client: directClient(handlers), close: () => (closing ??= close()) }
}

function makeHandlers(services: LabServices): Handlers<LabContract> {
  const handlers = {
    ...labHandlers(services),
    ...variantHandlers(services),
    ...suiteHandlers(services),
    ...runHandlers(services),
    ...cellHandlers(services),
    ...compareHandlers(services),
    ...refusalHandlers(services),
    ...trialHandlers(services),
  }
  return announceChanges(handlers, services.changes)
}

function directClient(handlers: Handlers<LabContract>): LabClient {
  const never = new AbortController().signal
  const entries = Object.entries(contract).map(([name, { kind }]) => {
    const run = (input: unknown, { signal = never }: CallOptions = {}) =>
      invoke(contract, handlers, name, input, { signal })
    const call = async (input: unknown, options?: CallOptions) => run(input, options)
    const stream = async function* (input: unknown, options?: CallOptions) {
      yield* run(input, options) as AsyncIterable<unknown>
    }
    return [name, kind === 'call' ? call : stream]
  })
  return Object.fromEntries(entries) as LabClient
}
