import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { openStore } from '#core/store/open-store.ts'
import type { Store } from '#core/store/store.ts'
import { tempFolder } from '../../../fixtures/temp-folder.ts'

/** A store in a folder of its own, or at the path of another; closed when the test is over. */
export function tempStore(options: { readonly path?: string; readonly now?: () => number } = {}): Store {
  const { path = join(tempFolder(), 'assay.sqlite'), ...rest } = options
  const store = openStore({ path, ...rest })
  onTestFinished(() => store.close())
  return store
}
