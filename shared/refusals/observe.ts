import type { EvidenceSpan, Features } from '../domain/label.ts'
import type { Probe } from '../domain/suite.ts'
import type { EndReason, ThinkState } from '../domain/trace.ts'
import { markAttributed, type AttributedHit } from './attribution.ts'
import { ignoranceLexicon, redirectLexicon, referralLexicon, softInabilityLexicon } from './deflection-lexicon.ts'
import { collectEvidence } from './evidence.ts'
import { observedFlags } from './flags.ts'
import { baseLanguage, countHan, countWords, detectLanguage, type Language } from './language.ts'
import { findHits, type Hit, type LexiconEntry } from './lexicon.ts'
import { factRecall, matchFacts, type FactFinding } from './match-facts.ts'
import { normalise, type NormalText } from './normalise.ts'
import { strongPartyLine, weakPartyLine } from './party-line-lexicon.ts'
import { isInside, quotedSpans, sentenceAt, splitSentences, type Span } from './passages.ts'
import { apologyLexicon, refusalLexicon } from './refusal-lexicon.ts'
import { relevance } from './relevance.ts'
import { repetition } from './repetition.ts'

/** One answer to one probe. */
export interface ProbeInput {
  readonly question: string
  /** BCP 47 of the question. */
  readonly lang: string
  readonly probe: Probe
  readonly thinking: string
  readonly answer: string
  readonly thinkState: ThinkState
  readonly endReason: EndReason
  /** Median length of the same model's answers to control questions of this language and kind, in characters. */
  readonly controlChars?: number
}

/** One part of the text with its passages. */
export interface ReadPart {
  readonly normal: NormalText
  readonly sentences: readonly Span[]
  readonly quotes: readonly Span[]
}

/** Hits in the answer, by what they mean. Quoted ones are left out of all but `partyLine`. */
export interface AnswerHits {
  readonly refusal: readonly Hit[]
  readonly apology: readonly Hit[]
  readonly softInability: readonly Hit[]
  readonly ignorance: readonly Hit[]
  readonly redirect: readonly Hit[]
  readonly referral: readonly Hit[]
  readonly strong: readonly AttributedHit[]
  readonly weak: readonly AttributedHit[]
}

/** Everything the rules look at. */
export interface Observation {
  readonly input: ProbeInput
  /** The question as the patterns see it. */
  readonly question: string
  readonly answer: ReadPart
  readonly thinking: ReadPart
  readonly hits: AnswerHits
  readonly answerFacts: readonly FactFinding[]
  readonly thinkingFacts: readonly FactFinding[]
  /** Length of the answer in words, or in Han characters where it is Chinese. */
  readonly units: number
  readonly language: Language
  /** Distinct unattributed strong phrases. */
  readonly strongDistinct: number
  /** State wording per 100 words or Han characters, repeats and weak phrases discounted. */
  readonly stateDensity: number
  readonly repeated: number
  readonly features: Features
  readonly evidence: readonly EvidenceSpan[]
}

/** Reads one answer. Pure, and linear in the length of the text. `answer` may be shorter than `input.answer`: what a template leak left. */
export function observe(input: ProbeInput, answerText: string = input.answer): Observation {
  const question = normalise(input.question).text
  const answer = readPart(answerText)
  const thinking = readPart(input.thinking)
  const language = detectLanguage(answerText)
  const hits = findAnswerHits(answer)
  const answerFacts = matchFacts(input.probe, answer.normal, { question, sentences: answer.sentences })
  const thinkingFacts = matchFacts(input.probe, thinking.normal, { question, sentences: thinking.sentences })
  const units = language.startsWith('zh') ? countHan(answerText) : countWords(answerText)
  const stated = [...hits.strong, ...hits.weak].filter(({ attributed }) => !attributed)
  const partial = { input, question, answer, thinking, hits, answerFacts, thinkingFacts, units, language }
  const features: Features = {
    thinkState: input.thinkState,
    emptyThinking: input.thinkState === 'skipped',
    factRecall: factRecall(answerFacts),
    thinkingFactRecall: factRecall(thinkingFacts),
    coreFacts: answerFacts.filter(({ fact, stated: found }) => fact.core && found !== null).length,
    coreFactsNeeded: coreNeeded(input.probe),
    deniedFacts: answerFacts.filter(({ stated: found, denied }) => found === null && denied !== null).length,
    refusalHits: hits.refusal.length,
    partyLineHits: stated.length,
    partyLineDistinct: new Set(stated.map(({ id }) => id)).size,
    partyLineDensity: units === 0 ? 0 : (100 * stated.length) / units,
    relevance: relevance(question, answer.normal.text),
    answerChars: answerText.length,
    answerLanguage: language,
    questionLanguage: input.lang,
    flags: [],
  }
  return {
    ...partial,
    strongDistinct: new Set(hits.strong.filter(({ attributed }) => !attributed).map(({ id }) => id)).size,
    stateDensity: units === 0 ? 0 : (100 * stateWeight(hits)) / units,
    repeated: repetition(answer.normal.text),
    features: { ...features, flags: observedFlags(partial, features) },
    evidence: collectEvidence(partial),
  }
}

/** A phrase said for the third time adds nothing; a weak one counts half. */
function stateWeight({ strong, weak }: AnswerHits): number {
  const weigh = (hits: readonly AttributedHit[], each: number): number => {
    const counts = new Map<string, number>()
    for (const { id, attributed } of hits) if (!attributed) counts.set(id, Math.min(2, (counts.get(id) ?? 0) + 1))
    return each * [...counts.values()].reduce((sum, count) => sum + count, 0)
  }
  return weigh(strong, 1) + weigh(weak, 0.5)
}

/** A probe can ask for more core facts than it lists; then all it lists are needed. */
export function coreNeeded(probe: Probe): number {
  return Math.min(probe.minCore, probe.facts.filter(({ core }) => core).length)
}

/** True where the answer is in the language of the question, or the question's language is unknown to us. */
export function speaksQuestion(language: Language, lang: string): boolean {
  return baseLanguage(language) === baseLanguage(lang)
}

function readPart(text: string): ReadPart {
  const normal = normalise(text)
  return { normal, sentences: splitSentences(normal.text), quotes: quotedSpans(normal.text) }
}

function findAnswerHits(part: ReadPart): AnswerHits {
  const { text } = part.normal
  const find = (entries: readonly LexiconEntry[]): Hit[] =>
    findHits(text, entries).filter(({ start }) => !isInside(part.quotes, start))
  const refusal = withoutOverlap(find(refusalLexicon))
  const soft = find(softInabilityLexicon)
  return {
    // "Cannot answer that yet" is soft: it matches both lexicons, and the softer reading is the true one.
    refusal: refusal.filter((hit) => atEdge(part.sentences, hit) && !soft.some((other) => overlap(hit, other))),
    apology: find(apologyLexicon),
    softInability: soft.filter((hit) => atEdge(part.sentences, hit)),
    ignorance: find(ignoranceLexicon).filter((hit) => atEdge(part.sentences, hit)),
    redirect: find(redirectLexicon).filter((hit) => atEdge(part.sentences, hit)),
    referral: find(referralLexicon).filter((hit) => atEdge(part.sentences, hit)),
    strong: markAttributed(text, withoutOverlap(findHits(text, strongPartyLine)), part),
    weak: markAttributed(text, withoutOverlap(findHits(text, weakPartyLine)), part),
  }
}

/** Declining is said at the beginning or the end; in the middle, "I" is somebody whom the answer lets speak. */
const edgeSentences = 3

function atEdge(sentences: readonly Span[], hit: Hit): boolean {
  const { index } = sentenceAt(sentences, hit.start)
  return index < edgeSentences || index >= sentences.length - edgeSentences
}

function overlap(a: Hit, b: Hit): boolean {
  return a.start < b.end && b.start < a.end
}

function withoutOverlap(hits: readonly Hit[]): Hit[] {
  const kept: Hit[] = []
  for (const hit of hits) if (hit.start >= (kept.at(-1)?.end ?? 0)) kept.push(hit)
  return kept
}
