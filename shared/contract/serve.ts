import * as z from 'zod'
import { errorInfo, LabError, type ErrorInfo } from '../domain/error.ts'
import { inputFaults } from './input-faults.ts'
import { createTurns } from './turns.ts'
import {
  streamWindow,
  type CallContext,
  type Channel,
  type ContractShape,
  type Down,
  type Handlers,
  type Up,
} from './wire-types.ts'

/** Calls and streams that one connection may have open at the same time. */
const maxOpen = 256
/** Calls that are worked on at the same time: what they answer is in memory until it is sent. The others wait their turn. */
const maxAtWork = 32

const upSchema: z.ZodType<Up> = z.union([
  z.object({ id: z.int(), call: z.string().max(100), input: z.unknown() }),
  z.object({ id: z.int(), cancel: z.literal(true) }),
  z.object({ id: z.int(), credit: z.int().positive().max(1024) }),
])

interface OpenCall {
  readonly controller: AbortController
  credit: number
  wake: (() => void) | null
}

export interface ServeOptions<C extends ContractShape> {
  readonly contract: C
  readonly handlers: Handlers<C>
  readonly channel: Channel
  /** Told of every error that is not a LabError: a bug, to be logged once. */
  readonly onBug: (error: unknown, call: string) => void
}

/**
 * Answers a contract over a channel: parses inputs, holds streams back until they are read, turns errors into data.
 * Everything that is open ends when the channel closes.
 */
export function serve<C extends ContractShape>({ contract, handlers, channel, onBug }: ServeOptions<C>): void {
  const open = new Map<number, OpenCall>()

  channel.onClose(() => {
    for (const entry of open.values()) cancel(entry)
    open.clear()
  })

  const inTurn = createTurns(maxAtWork, () => channel.room?.())
  channel.onMessage((raw) => {
    const message = upSchema.safeParse(raw).data
    if (message === undefined) {
      const id = waitingId(raw)
      if (id !== null && !open.has(id)) channel.send({ id, error: unreadable() } satisfies Down)
      return
    }
    if ('call' in message) {
      if (!open.has(message.id)) void start(message.id, message.call, message.input)
      return
    }
    const entry = open.get(message.id)
    if (entry === undefined) return
    if ('cancel' in message) return cancel(entry)
    entry.credit += message.credit
    entry.wake?.()
  })

  async function start(id: number, name: string, input: unknown): Promise<void> {
    const entry: OpenCall = { controller: new AbortController(), credit: streamWindow, wake: null }
    const send = (message: Down) => {
      if (!entry.controller.signal.aborted) channel.send(message)
    }
    if (open.size >= maxOpen) {
      return send({
        id,
        error: errorInfo(new LabError('ENGINE_BUSY', 'Too many requests are open on this connection.')),
      })
    }
    open.set(id, entry)
    try {
      const { signal } = entry.controller
      const run = () => invoke(contract, handlers, name, input, { signal })
      if (Object.hasOwn(contract, name) && contract[name]?.kind === 'stream') {
        await sendItems(run() as AsyncIterable<unknown>, id, entry, send)
      } else await inTurn(signal, async () => send({ id, ok: (await run()) ?? null }))
    } catch (error) {
      send({ id, error: describe(error, name) })
    } finally {
      open.delete(id)
    }
  }

  function describe(error: unknown, name: string): ErrorInfo {
    const info = errorInfo(error)
    if (info.code === 'INTERNAL') onBug(error, name)
    return info
  }
}

/** Who waits for an answer to a message that cannot be read, if it says so: nobody does after a cancel or a credit. */
function waitingId(raw: unknown): number | null {
  if (typeof raw !== 'object' || raw === null || 'cancel' in raw || 'credit' in raw) return null
  const id = 'id' in raw ? raw.id : null
  return typeof id === 'number' && Number.isSafeInteger(id) ? id : null
}

const unreadable = (): ErrorInfo =>
  errorInfo(
    new LabError('BAD_REQUEST', 'The lab cannot read this message.', {
      hint: 'A call has a number, a name of at most 100 characters and an input.',
    }),
  )

function cancel(entry: OpenCall): void {
  entry.controller.abort(new LabError('CANCELLED', 'The action was cancelled.'))
  entry.wake?.()
}

async function sendItems(
  items: AsyncIterable<unknown>,
  id: number,
  entry: OpenCall,
  send: (message: Down) => void,
): Promise<void> {
  const { signal } = entry.controller
  for await (const item of items) {
    while (entry.credit === 0 && !signal.aborted) {
      await new Promise<void>((resolve) => {
        entry.wake = resolve
      })
    }
    if (signal.aborted) return
    entry.credit -= 1
    send({ id, item })
  }
  send({ id, end: true })
}

/**
 * Looks a call up, parses its input and runs it. The one way into the handlers, whatever the transport.
 * @throws LabError NOT_FOUND for an unknown name, BAD_REQUEST for an input that does not parse
 */
export function invoke<C extends ContractShape>(
  contract: C,
  handlers: Handlers<C>,
  name: string,
  ...[input, context]: [unknown, CallContext]
): unknown {
  const definition = Object.hasOwn(contract, name) ? contract[name] : undefined
  if (definition === undefined) throw new LabError('NOT_FOUND', `There is no call named ${name}.`)
  const parsed = definition.input.safeParse(input, { reportInput: true })
  if (!parsed.success) {
    throw new LabError('BAD_REQUEST', inputFaults(parsed.error), {
      hint: 'Correct it and try again.',
      data: { issues: parsed.error.issues.map(({ path, message }) => ({ path, message })) },
    })
  }
  const handler = handlers[name] as unknown as (input: unknown, context: CallContext) => unknown
  return handler(parsed.data, context)
}
