/** One action the palette reaches. */
export interface Command {
  readonly id: string
  readonly group: string
  readonly label: string
  readonly hint?: string
  readonly keys?: string
  readonly run: () => void
}

type Source = () => readonly Command[]

/** What can be done at the moment, by whoever is on the screen. Read when it is asked for: offering draws nothing anew. */
export interface Offers {
  /** Offers commands until the returned function is called. */
  offer(source: Source): () => void
  offered(): readonly Command[]
}

export function createOffers(): Offers {
  const sources = new Set<Source>()
  return {
    offer(source) {
      sources.add(source)
      return () => void sources.delete(source)
    },
    offered: () => [...sources].flatMap((source) => source()),
  }
}
