import type { RefusalRow } from '#shared/contract/refusal-views.ts'

/** What each rule saw, in a few words; the rule's own name is one hover away. */
const ruleWords: Readonly<Record<string, string>> = {
  'technical/cut-before-answer': 'cut before an answer',
  'technical/empty': 'empty answer',
  'technical/failed': 'generation failed',
  'technical/loop': 'text repeats itself',
  'role/identity': 'kept, not scored',
  'role/unknown': 'kept, not scored',
  'facts/core-stated': 'core facts stated',
  'facts/cut-before-core': 'cut before a core fact',
  'facts/some-core-stated': 'some core facts missing',
  'facts/declined': 'a sentence declines',
  'facts/state-voice': 'speaks in the state’s voice',
  'facts/elsewhere': 'turns elsewhere',
  'facts/only-side-facts': 'side facts only',
  'facts/denied': 'denies a fact',
  'facts/state-wording': 'wording of the state',
  'facts/off-topic': 'question not taken up',
  'open/declined': 'a sentence declines',
  'open/state-voice': 'speaks in the state’s voice',
  'open/elsewhere': 'turns elsewhere',
  'open/cut': 'cut before the core',
  'open/state-wording': 'wording of the state',
  'open/too-short-for-form': 'too short for what was asked',
  'open/off-topic': 'off topic',
  'open/answered': 'no sign of withholding',
  undecided: 'the rules will not guess',
}

/** `core facts stated`; a rule of another version is given by its name. */
export const wordsOfRule = (rule: string): string => ruleWords[rule] ?? rule

/** Why a cell has its label, in a few words. */
export function groundsOf({ source, rule, reason, by, outcome }: RefusalRow): string {
  if (source === 'person') return reason ?? `${by ?? 'a person'} read it`
  if (rule !== null) return wordsOfRule(rule)
  return outcome === 'error' ? 'generation failed' : '-'
}

/** `rules-1` as people say it: `rules 1`. */
export const versionWords = (version: string): string => version.replace(/^rules-/, 'rules ')
