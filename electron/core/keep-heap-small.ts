import { setFlagsFromString } from 'node:v8'

/**
 * Keeps the nursery of this process's heap at the size it has. A run makes much short-lived text, for which V8 would let
 * the heap grow to 167 MB with 24 MB of it in use; memory belongs to the models. The flag is
 * read whenever the nursery could grow, so that it may be set while the process runs.
 */
export function keepHeapSmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1')
}
