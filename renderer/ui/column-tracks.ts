/** Pixels that a track cannot go below: `96px`, `minmax(120px, 1fr)`. */
export const leastWidth = (track: string): number => Number(/\d+(?=px)/.exec(track)?.[0] ?? 0)

/** Pixels that a track does not go beyond while another is cut: of `minmax(84px, 150px)` the second. */
const mostWhileCut = (track: string): number => Number(/, (\d+)px/.exec(track)?.[1] ?? Number.POSITIVE_INFINITY)

const shareOfRest = (track: string): string | null => /[\d.]+fr/.exec(track)?.[0] ?? null

/**
 * The tracks of a grid this wide, in pixels. No column is cut while there is room elsewhere: first each gets what its texts
 * need, then the columns measured in `fr` share the rest. Where there is too little for all, those that need little are
 * served and the long ones share what is left (which is how a browser fills `minmax` tracks). `needs`: what the texts of
 * each column take up, 0 where that is not known.
 */
export function columnTracks(tracks: readonly string[], needs: readonly number[], width: number): string {
  const least = tracks.map(leastWidth)
  const wanted = least.map((pixels, index) => Math.max(pixels, needs[index] ?? 0))
  if (width <= sum(least)) return tracks.join(' ')
  const isEnough = sum(wanted) <= width
  return tracks
    .map((track, index) => {
      const share = shareOfRest(track)
      if (!isEnough) return `minmax(${least[index]}px, ${Math.min(wanted[index] ?? 0, mostWhileCut(track))}px)`
      return share === null ? `${wanted[index]}px` : `minmax(${wanted[index]}px, ${share})`
    })
    .join(' ')
}

const sum = (pixels: readonly number[]): number => pixels.reduce((total, each) => total + each, 0)
