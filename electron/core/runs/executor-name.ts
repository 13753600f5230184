import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'

/** Names this process among all executors, so that one on the same machine can tell when it is gone. */
export const executorName = (): string => `${hostname()}:${process.pid}:${randomUUID().slice(0, 8)}`

/**
 * True when the executor ran on this machine and its process is no more. An executor elsewhere, or one whose process
 * number belongs to another process by now, is only gone when its lease lapses.
 */
export function isGoneHere(owner: string): boolean {
  const [host, pid] = owner.split(':')
  if (host !== hostname() || !/^\d+$/.test(pid ?? '')) return false
  try {
    process.kill(Number(pid), 0)
    return false
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH'
  }
}
