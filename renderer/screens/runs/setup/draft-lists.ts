/** Lists in an address: separated by commas, which an item may hold in escaped form (a path can have one). */

export const writeList = (items: readonly string[]): string =>
  items.map((item) => item.replaceAll('%', '%25').replaceAll(',', '%2C')).join(',')

export const readList = (text: string): readonly string[] =>
  text
    .split(',')
    .map((item) => item.replaceAll('%2C', ',').replaceAll('%25', '%').trim())
    .filter((item) => item !== '')

export interface ReadTags {
  readonly tags: Readonly<Record<string, string>>
  readonly problem: string | null
}

/** `distance=far, lang=en` as tags. */
export function readTags(text: string): ReadTags {
  const parts = text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
  const wrong = parts.find((part) => !/^[^=]+=.+$/.test(part))
  const tags = Object.fromEntries(
    parts
      .filter((part) => part.includes('='))
      .map((part) => [part.slice(0, part.indexOf('=')).trim(), part.slice(part.indexOf('=') + 1).trim()]),
  )
  return { tags, problem: wrong === undefined ? null : `“${wrong}” is not a tag and its value: distance=far.` }
}

export const writeTags = (tags: Readonly<Record<string, string>>): string =>
  Object.entries(tags)
    .map(([name, value]) => `${name}=${value}`)
    .join(', ')
