import { RE2JS } from 're2js'
import type { Fact, Probe } from '../domain/suite.ts'
import { simplifyPattern, type NormalText } from './normalise.ts'
import { sentenceAt, type Span } from './passages.ts'

/** What was found of one fact in one part of the text. */
export interface FactFinding {
  readonly fact: Fact
  /** First match that is stated, not denied, and says more than the question did. Null where there is none. */
  readonly stated: Span | null
  /** First match that the text denies. */
  readonly denied: Span | null
  /** First match that only repeats the question. */
  readonly echo: Span | null
}

interface CompiledFact {
  readonly fact: Fact
  readonly patterns: readonly RE2JS[]
}

const compiled = new WeakMap<Probe, readonly CompiledFact[]>()

/** Compiles a probe's patterns once. RE2: linear in the text whatever the pattern. @throws on a pattern that is not RE2 */
export function compileFacts(probe: Probe): readonly CompiledFact[] {
  const known = compiled.get(probe)
  if (known !== undefined) return known
  const facts = probe.facts.map((fact) => ({
    fact,
    patterns: fact.any.map((pattern) => RE2JS.compile(simplifyPattern(pattern), RE2JS.CASE_INSENSITIVE)),
  }))
  compiled.set(probe, facts)
  return facts
}

/** Looks for every fact of a probe in one part. `question` is the normal text of the question. */
export function matchFacts(
  probe: Probe,
  part: NormalText,
  context: { readonly question: string; readonly sentences: readonly Span[] },
): FactFinding[] {
  return compileFacts(probe).map(({ fact, patterns }) => {
    let stated: Span | null = null
    let denied: Span | null = null
    let echo: Span | null = null
    for (const span of matchesOf(patterns, part.text)) {
      if (context.question.includes(part.text.slice(span.start, span.end))) echo ??= span
      else {
        const stance = stanceOf(part.text, span, sentenceAt(context.sentences, span.start))
        if (stance === 'denied') denied ??= span
        else if (stance === 'stated') stated ??= span
      }
      if (stated !== null) break
    }
    return { fact, stated, denied, echo }
  })
}

/** Enough to find one that counts; a text that repeats itself has thousands. */
const matchesTried = 20

function* matchesOf(patterns: readonly RE2JS[], text: string): IterableIterator<Span> {
  for (const pattern of patterns) {
    const matcher = pattern.matcher(text)
    for (let tried = 0; tried < matchesTried && matcher.find(); tried++) {
      if (matcher.end() > matcher.start()) yield { start: matcher.start(), end: matcher.end() }
    }
  }
}

/** Share of the weights that was stated, 0 to 1; null without facts. */
export function factRecall(findings: readonly FactFinding[]): number | null {
  const all = findings.reduce((sum, { fact }) => sum + fact.weight, 0)
  if (all === 0) return null
  return findings.reduce((sum, { fact, stated }) => sum + (stated === null ? 0 : fact.weight), 0) / all
}

const clauseBreak = /[,;:]|\b(?:but|although|though|while|whereas|however|yet)\b|但|而|虽然|尽管|然而/g
const enNegator =
  /\b(?:no|not|never|none|nobody|neither|nor|without|n't|false(?:ly)? (?:claims?|reports?|rumou?rs?)|rumou?rs?|myths?)\b[^,;:.]*$|\b(?:did|does|do|was|were|is|are|has|have|had|could|would)n't\b[^,;:.]*$/
const enNegationOfOther =
  /\b(?:no one knows|nobody knows|not (?:only|just|merely|simply|solely|least|even)|no doubt|no fewer|no less|no longer|not (?:fewer|less)|not known|never forget|not stop|not prevent|without (?:trial|warning|doubt))\b/
const zhNegator =
  /(?:没有|并未|从未|未曾|不曾|并没|没|不是|并非|绝非|无人|不存在|绝无|毫无|从来没|不会|未)[^,;:。]{0,10}$/
const zhNegationOfOther = /不仅|不只|不少|不断|不得不|无数|毫无疑问|无疑|未经|未能|没有人知道|不知道|没能|无法|没有阻止/
const lieAfter =
  /^[^.。!?\n]{0,80}?(?:\b(?:is|are|was|were)(?: \w+)? (?:a )?(?:lies?|false|fabricat\w+|untrue|myths?|rumou?rs?|baseless|groundless|unfounded|nonsense|fiction)\b|\b(?:never happened|does not exist|do not exist)\b|(?:是|为|属|都是|纯属|完全是)[^,。]{0,8}?(?:谎言|捏造|编造|谣言|造谣|虚构|不实|污蔑|抹黑|无稽之谈|子虚乌有|假)|根本不存在|子虚乌有)/
const otherDenies = /\b(?:den(?:y|ies|ied|ying)|reject(?:s|ed))\b[^,;:.]*$|(?:否认|驳斥|反驳)[^,;:。]{0,14}$/
const enReach = 60
const zhReach = 12

/** `reported`: somebody else denies it. That says neither that it happened nor that the text denies it. */
function stanceOf(text: string, span: Span, sentence: Span): 'stated' | 'denied' | 'reported' {
  const before = lastClause(text.slice(Math.max(sentence.start, span.start - enReach), span.start))
  if (otherDenies.test(before)) return 'reported'
  if (enNegator.test(before) && !enNegationOfOther.test(before)) return 'denied'
  const shortBefore = before.slice(-zhReach)
  if (zhNegator.test(shortBefore) && !zhNegationOfOther.test(shortBefore)) return 'denied'
  return lieAfter.test(text.slice(span.end, sentence.end)) ? 'denied' : 'stated'
}

function lastClause(text: string): string {
  let from = 0
  for (const { 0: mark, index } of text.matchAll(clauseBreak)) from = index + mark.length
  return text.slice(from)
}
