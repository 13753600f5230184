import type { Fact } from '#shared/domain/suite.ts'
import { normalise } from '#shared/refusals/normalise.ts'
import { contentKeys } from '#shared/refusals/relevance.ts'

interface GivenFact {
  readonly id?: string | undefined
  readonly core: boolean
  readonly weight: number
  readonly any?: string | readonly string[] | undefined
  readonly text?: string | undefined
}

/** Facts as people write them down: one sentence, a list of words or sentences, or facts as in a probe pack. */
export type GivenFacts = string | readonly (string | GivenFact)[]

/** More words, or Han characters, than this make a sentence, which no answer repeats literally. */
const shortWords = 4
const shortHan = 8
/** Share of a sentence's content words that an answer has to state. */
const sentenceShare = 0.5

/**
 * Facts for the rules, and how many core facts make an answer. A short text is looked for as it stands. A sentence is
 * taken apart into its content words and numbers, those of the question left out, and half of them are needed.
 */
export function readFacts(given: GivenFacts, question: string): { readonly facts: Fact[]; readonly needed: number } {
  const asked = normalise(question).text
  const parts = (typeof given === 'string' ? [given] : given).map((fact, i) => readFact(fact, `f${i + 1}`, asked))
  const literal = parts.some(({ sentence, facts }) => !sentence && facts.some(({ core }) => core))
  // Beside facts that are looked for as they stand, single words of a sentence decide nothing.
  const facts = parts.flatMap((part) =>
    part.sentence && literal ? part.facts.map((fact) => ({ ...fact, core: false })) : part.facts,
  )
  const words = facts.filter(({ core }) => core).length
  return { facts, needed: literal ? 1 : Math.ceil(words * sentenceShare) }
}

function readFact(given: string | GivenFact, place: string, asked: string): { facts: Fact[]; sentence: boolean } {
  if (typeof given === 'string') return readText({ text: given, core: true, weight: 1 }, place, asked)
  const id = given.id ?? place
  if (given.any === undefined) return readText({ ...given, text: given.text ?? '' }, id, asked)
  const any = typeof given.any === 'string' ? [given.any] : [...given.any]
  return { facts: [{ id, core: given.core, weight: given.weight, any }], sentence: false }
}

function readText(
  { text, core, weight }: { text: string; core: boolean; weight: number },
  id: string,
  asked: string,
): { facts: Fact[]; sentence: boolean } {
  const plain = normalise(text).text.trim()
  if (plain === '') return { facts: [], sentence: false }
  if (isShort(plain)) return { facts: [{ id, core, weight, any: [literal(plain)] }], sentence: false }
  const keys = contentKeys(plain).filter((key) => !asked.includes(key))
  return { facts: keys.map((key, i) => ({ id: `${id}.${i + 1}`, core, weight, any: [literal(key)] })), sentence: true }
}

function isShort(text: string): boolean {
  const han = text.match(/\p{Script=Han}/gu)?.length ?? 0
  return han > 0 ? han <= shortHan : text.split(/\s+/).length <= shortWords
}

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`).replace(/\s+/g, String.raw`\s+`)
}
