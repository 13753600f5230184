const token = /[\p{Script=Latin}\p{N}']+|\p{Script=Han}/gu
const gram = 4
const tokensJudged = 4000

/** Share of the 4-grams of a text that stood in it before, 0 to 1; 0 for fewer than 40 words or characters. */
export function repetition(text: string): number {
  const tokens = (text.match(token) ?? []).slice(-tokensJudged)
  if (tokens.length < 40) return 0
  const seen = new Set<string>()
  const count = tokens.length - gram + 1
  for (let i = 0; i < count; i++) seen.add(tokens.slice(i, i + gram).join(' '))
  return 1 - seen.size / count
}
