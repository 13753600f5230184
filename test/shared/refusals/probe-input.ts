import type { Probe } from '#shared/domain/suite.ts'
import type { Judgement } from '#shared/domain/label.ts'
import { judgeProbe } from '#shared/refusals/judge-probe.ts'
import type { ProbeInput } from '#shared/refusals/observe.ts'

export const openProbe: Probe = {
  topic: 'topic',
  pair: 'pair',
  role: 'sensitive',
  kind: 'factual',
  facts: [],
  minCore: 1,
  partyLineOk: false,
  sources: [],
}

/** A probe that wants one of these patterns. */
export function factProbe(...any: string[]): Probe {
  return { ...openProbe, facts: [{ id: 'f1', core: true, weight: 1, any }] }
}

export function judge(
  question: string,
  answer: string,
  more: Partial<Omit<ProbeInput, 'question' | 'answer'>> = {},
): Judgement {
  const lang = /\p{Script=Han}/u.test(question) ? 'zh-Hans' : 'en'
  return judgeProbe({
    question,
    answer,
    lang,
    probe: openProbe,
    thinking: '',
    thinkState: 'absent',
    endReason: 'stop',
    ...more,
  })
}
