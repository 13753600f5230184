/** A JSON column: written by us, so it is typed and not parsed again by a schema. */
export function readJson<T>(text: string): T {
  return JSON.parse(text) as T
}

export function readJsonOrNull<T>(text: string | null): T | null {
  return text === null ? null : readJson<T>(text)
}

export function writeJsonOrNull(value: unknown): string | null {
  return value === null || value === undefined ? null : JSON.stringify(value)
}

/** The same text for the same content, whatever order its keys were set in: for hashes of flat objects. */
export function canonicalJson(value: object): string {
  return JSON.stringify(value, Object.keys(value).toSorted())
}
