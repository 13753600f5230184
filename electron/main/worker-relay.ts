import * as z from 'zod'
import { workerNames } from '#core/workers/worker-process.ts'

/**
 * How the lab's process has workers started. It cannot start any itself: `child_process.fork` needs the runAsNode fuse,
 * which is off, and `utilityProcess` exists in the main process only. So that one starts them by name and passes messages on.
 */
export const relayRequest = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('worker:start'), id: z.int(), worker: z.enum(workerNames) }),
  z.strictObject({ kind: z.literal('worker:send'), id: z.int(), message: z.unknown() }),
  z.strictObject({ kind: z.literal('worker:kill'), id: z.int() }),
])
export type RelayRequest = z.infer<typeof relayRequest>

export const relayEvent = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('worker:message'), id: z.int(), message: z.unknown() }),
  z.strictObject({ kind: z.literal('worker:exit'), id: z.int(), how: z.string(), stderr: z.string() }),
])
export type RelayEvent = z.infer<typeof relayEvent>

/** Why the lab did not open. A restart would not mend it. */
export const labFailure = z.strictObject({
  kind: z.literal('lab:failed'),
  message: z.string(),
  hint: z.string().nullable(),
})
export type LabFailure = z.infer<typeof labFailure>
