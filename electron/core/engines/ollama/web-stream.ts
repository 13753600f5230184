import { ReadableStream as NodeReadableStream } from 'node:stream/web'

/** A web stream that asks for a chunk only when somebody reads: one that runs ahead drops what it holds on an error. */
export function webStream(
  chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  // Node's and the DOM's types of the same class differ.
  return NodeReadableStream.from(chunks) as unknown as ReadableStream<Uint8Array<ArrayBuffer>>
}
