// What Node and every browser share beyond ECMAScript, and shared/ may therefore use. Each side has its own full
// types for these; this file exists so that shared/ can be checked without either lib.dom or @types/node.

interface AbortSignal {
  readonly aborted: boolean
  readonly reason: unknown
  throwIfAborted(): void
  addEventListener(type: 'abort', listener: () => void, options?: { once?: boolean }): void
  removeEventListener(type: 'abort', listener: () => void): void
}

declare class AbortController {
  readonly signal: AbortSignal
  abort(reason?: unknown): void
}

declare class TextEncoder {
  encode(text?: string): Uint8Array
}

declare function structuredClone<T>(value: T): T
declare function queueMicrotask(callback: () => void): void
