import { statSync } from 'node:fs'
import { freemem, totalmem } from 'node:os'
import { dirname, join } from 'node:path'
import type { DoctorFinding, LabInfo } from '#shared/contract/views.ts'
import { endpointName } from '#shared/domain/engine-name.ts'
import type { EngineStatus } from '#shared/domain/engine.ts'
import { errorInfo } from '#shared/domain/error.ts'
import type { HandlerGroup, LabServices } from './lab-services.ts'

export function labHandlers(
  services: LabServices,
): HandlerGroup<
  | 'lab.info'
  | 'lab.changes'
  | 'lab.doctor'
  | 'settings.get'
  | 'settings.set'
  | 'store.compact'
  | 'store.copy'
  | 'engines.status'
> {
  const { store, settings, variants, clock } = services
  return {
    'lab.info': () => labInfo(services),
    'lab.changes': (_input, { signal }) => services.changes.watch(signal),
    async 'lab.doctor'(_input, { signal }) {
      // What a list fails with is known once it was asked for.
      await variants.families('whole', signal)
      const engines = await variants.statuses(signal)
      return { info: labInfo(services), engines, findings: await findings(services, engines) }
    },
    'settings.get': () => settings.get(),
    'settings.set': (patch) => settings.set(patch),
    'store.compact'() {
      const beforeBytes = store.sizeBytes()
      store.compact()
      return { beforeBytes, afterBytes: store.sizeBytes() }
    },
    'store.copy'() {
      const path = join(dirname(store.path), 'backups', `assay ${fileTime(clock.now())}.sqlite`)
      store.copyTo(path)
      return { path, bytes: statSync(path).size }
    },
    'engines.status': (_input, { signal }) => variants.statuses(signal),
  }
}

/** `2026-11-27 17.30.05`: of local time, and a name that every file system takes. */
function fileTime(atMs: number): string {
  const local = new Date(atMs - 60_000 * new Date(atMs).getTimezoneOffset())
  return local.toISOString().slice(0, 19).replace('T', ' ').replaceAll(':', '.')
}

function labInfo({ version, home, store }: LabServices): LabInfo {
  return {
    version,
    home,
    storePath: store.path,
    storeBytes: store.sizeBytes(),
    node: process.versions.node,
    sqlite: process.versions['sqlite'] ?? 'unknown',
    platform: `${process.platform} ${process.arch}`,
    memory: { totalBytes: totalmem(), freeBytes: freemem() },
    toReview: store.labels.toReview(),
  }
}

async function findings(
  { store, files, settings }: LabServices,
  engines: readonly EngineStatus[],
): Promise<readonly DoctorFinding[]> {
  const problems = store.check()
  const storeFinding: DoctorFinding =
    problems.length === 0
      ? { name: 'store', state: 'ok', detail: `${store.path}, schema ${store.schemaVersion}`, hint: null }
      : { name: 'store', state: 'broken', detail: problems.join('; '), hint: 'Restore the newest backup beside it.' }
  const engineFindings = engines.map((engine): DoctorFinding => {
    const name = endpointName(engine.endpoint, engine.kind)
    if (engine.state === 'ready' && engine.unlisted !== undefined) {
      return { name, state: 'broken', detail: engine.unlisted.reason, hint: engine.unlisted.hint }
    }
    return engine.state === 'ready'
      ? { name, state: 'ok', detail: `${engine.version} at ${engine.address}`, hint: null }
      : {
          name,
          state: engine.state === 'absent' ? 'missing' : 'broken',
          detail: engine.reason,
          hint: engine.hint,
        }
  })
  return [storeFinding, ...engineFindings, ...(await fileFindings(files, settings.modelFolders()))]
}

async function fileFindings(
  files: LabServices['files'],
  folders: readonly string[],
): Promise<readonly DoctorFinding[]> {
  try {
    const { variants, problems } = await files.list(folders)
    const found: DoctorFinding = {
      name: 'model files',
      state: 'ok',
      detail: `${variants.length} in ${folders.join(', ')}`,
      hint: null,
    }
    return [
      found,
      ...problems.map(({ path, error }): DoctorFinding => ({
        name: path,
        state: 'broken',
        detail: error.message,
        hint: error.hint,
      })),
    ]
  } catch (error) {
    const { message, hint } = errorInfo(error)
    return [{ name: 'model files', state: 'broken', detail: message, hint }]
  }
}
