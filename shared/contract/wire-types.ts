import type * as z from 'zod'
import type { ErrorInfo } from '../domain/error.ts'

/** One request with one reply. The output is the lab's own and trusted; the input is parsed. */
export interface CallDef<I extends z.ZodType = z.ZodType, O = unknown> {
  readonly kind: 'call'
  readonly input: I
  /** For the compiler only: never read. */
  readonly output?: O
}

/** One request with many items. */
export interface StreamDef<I extends z.ZodType = z.ZodType, T = unknown> {
  readonly kind: 'stream'
  readonly input: I
  /** For the compiler only: never read. */
  readonly item?: T
}

/** Items a stream may send before the reader has to say that it took some. */
export const streamWindow = 64

export type ContractShape = Readonly<Record<string, CallDef | StreamDef>>

/** `call<Output>()(inputSchema)`: two steps, because TypeScript cannot infer one type argument and take the other. */
export const call =
  <O>() =>
  <I extends z.ZodType>(input: I): CallDef<I, O> => ({ kind: 'call', input })

export const stream =
  <T>() =>
  <I extends z.ZodType>(input: I): StreamDef<I, T> => ({ kind: 'stream', input })

/** Who calls, as the host established it; never read from the input. */
export interface CallContext {
  readonly signal: AbortSignal
}

/** One handler a name: a missing or an extra one does not compile. */
export type Handlers<C extends ContractShape> = {
  readonly [K in keyof C]: C[K] extends CallDef<infer I, infer O>
    ? (input: z.output<I>, context: CallContext) => Promise<O> | O
    : C[K] extends StreamDef<infer I, infer T>
      ? (input: z.output<I>, context: CallContext) => AsyncIterable<T>
      : never
}

export interface CallOptions {
  readonly signal?: AbortSignal
}

/** What a page or a command holds: the same whatever carries it. Failures are LabErrors. */
export type Client<C extends ContractShape> = {
  readonly [K in keyof C]: C[K] extends CallDef<infer I, infer O>
    ? (input: z.input<I>, options?: CallOptions) => Promise<O>
    : C[K] extends StreamDef<infer I, infer T>
      ? (input: z.input<I>, options?: CallOptions) => AsyncGenerator<T, void, void>
      : never
}

/** Messages as plain data: structured clone and JSON both carry them. */
export type Up =
  | { readonly id: number; readonly call: string; readonly input: unknown }
  | { readonly id: number; readonly cancel: true }
  | { readonly id: number; readonly credit: number }

export type Down =
  | { readonly id: number; readonly ok: unknown }
  | { readonly id: number; readonly item: unknown }
  | { readonly id: number; readonly end: true }
  | { readonly id: number; readonly error: ErrorInfo }

/** A two-way stream of messages. Adapters in channel.ts. */
export interface Channel {
  send(message: unknown): void
  onMessage(listener: (message: unknown) => void): void
  onClose(listener: () => void): void
  /** Resolves when little of what was sent still waits for its reader, or the channel is closed. Absent where that is not seen. */
  room?(): Promise<void>
}
