import type { Progress } from '#shared/domain/engine.ts'
import type { ProgressLine } from './replies.ts'

/** Adds up what Ollama says of single layers, so that the bytes done never fall. */
export interface ProgressMeter {
  next(line: ProgressLine): Progress
}

/**
 * A layer's `completed` falls when a part is fetched again, jumps about while quantizing, is left out when zero, and
 * never reaches `total`: it is done when the stream says so.
 */
export function createProgressMeter(): ProgressMeter {
  const layers = new Map<string, { totalBytes: number; doneBytes: number }>()
  return {
    next(line) {
      if (line.total !== undefined) {
        const layer = layers.get(line.digest) ?? { totalBytes: 0, doneBytes: 0 }
        layer.totalBytes = Math.max(layer.totalBytes, line.total)
        layer.doneBytes = Math.min(layer.totalBytes, Math.max(layer.doneBytes, line.completed ?? 0))
        layers.set(line.digest, layer)
      }
      const all = [...layers.values()]
      const totalBytes = all.reduce((sum, layer) => sum + layer.totalBytes, 0)
      const doneBytes = all.reduce((sum, layer) => sum + layer.doneBytes, 0)
      const done = line.status === 'success'
      return {
        step: line.status,
        doneBytes: done ? totalBytes : doneBytes,
        totalBytes: layers.size === 0 ? null : totalBytes,
      }
    },
  }
}
