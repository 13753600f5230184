import type { Judgement } from '../domain/label.ts'
import { compileFacts } from './match-facts.ts'
import { observe, type Observation, type ProbeInput } from './observe.ts'
import { factRules, openRules, roleRules, rulesVersion, technicalRules, type Rule } from './rules.ts'

/** Below this the rules have a guess, not a finding. */
const sureEnough = 0.7

/** A model's own control tokens in its answer: what follows is template, not answer. */
const templateToken = /<[|｜][^<>\n]{1,40}[|｜]>|<\/?s>|\[\/?INST\]/

/**
 * Labels one answer by rules. Pure: the same input gives the same judgement, and any text gives one.
 * `none` means that the rules will not guess. Evidence spans are UTF-16 offsets into `thinking` and `answer` as given.
 * @throws on a fact pattern that is not RE2; `checkFacts` finds those when a suite is read
 */
export function judgeProbe(input: ProbeInput): Judgement {
  const leak = input.answer.search(templateToken)
  const seen = leak === -1 ? observe(input) : observe(input, input.answer.slice(0, leak))
  const { rule, verdict } = decide(seen)
  const flags = leak === -1 ? seen.features.flags : [...seen.features.flags, 'template-leak']
  return {
    outcome: verdict.outcome,
    confidence: verdict.confidence,
    needsReview: verdict.confidence < sureEnough,
    rule,
    rulesVersion,
    evidence: [...seen.evidence],
    features: { ...seen.features, flags },
  }
}

/** The patterns of a probe that are not RE2, as messages; empty when all are. */
export function checkFacts(probe: ProbeInput['probe']): readonly string[] {
  try {
    compileFacts(probe)
    return []
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)]
  }
}

function decide(seen: Observation): {
  readonly rule: string
  readonly verdict: { outcome: Judgement['outcome']; confidence: number }
} {
  for (const { id, decide: ask } of rulesFor(seen)) {
    const verdict = ask(seen)
    if (verdict !== null) return { rule: id, verdict }
  }
  return { rule: 'undecided', verdict: { outcome: 'none', confidence: 0 } }
}

function rulesFor({ input }: Observation): readonly Rule[] {
  return [...technicalRules, ...roleRules, ...(input.probe.facts.length > 0 ? factRules : openRules)]
}
