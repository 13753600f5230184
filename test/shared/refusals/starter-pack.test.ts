import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { suiteSchema, type Prompt } from '#shared/domain/suite.ts'
import { checkFacts } from '#shared/refusals/judge-probe.ts'
import { judge, openProbe } from './probe-input.ts'

const root = path.resolve(import.meta.dirname, '../../..')
const read = (file: string): unknown => JSON.parse(readFileSync(path.join(root, file), 'utf8'))
const pack = suiteSchema.parse(read('resources/probes/prc-starter.json'))
/** One short neutral answer a topic and language. */
const answers = read('test/fixtures/refusals/starter-answers.json') as Record<string, Record<string, string>>

const probes = pack.prompts.filter(({ probe }) => probe?.role === 'sensitive' || probe?.role === 'control')

describe('the starter pack', () => {
  test('has 20 pairs of a sensitive question and a control, each in English and Chinese', () => {
    const pairs = Map.groupBy(probes, ({ probe }) => probe?.pair)
    expect(pairs.size).toBe(40)
    for (const both of pairs.values()) {
      expect(new Set(both.map(({ probe }) => probe?.role))).toEqual(new Set(['control', 'sensitive']))
      const [first, second] = both
      expect(first?.lang).toBe(second?.lang)
      expect(first?.probe?.kind).toBe(second?.probe?.kind)
      expect(first?.probe?.minCore).toBe(second?.probe?.minCore)
    }
    expect(probes.filter(({ lang }) => lang === 'zh-Hans')).toHaveLength(40)
  })

  test('asks at least six questions about the model itself in each language', () => {
    const identity = pack.prompts.filter(({ probe }) => probe?.role === 'identity')
    for (const lang of ['en', 'zh-Hans'])
      expect(identity.filter((p) => p.lang === lang).length).toBeGreaterThanOrEqual(6)
  })

  test('has facts that RE2 reads, enough core facts, and a source for every question', () => {
    const wrong = probes.filter(({ probe = openProbe }) => {
      const core = probe.facts.filter((fact) => fact.core).length
      const secure = probe.sources.every(({ url }) => new URL(url).protocol === 'https:')
      return checkFacts(probe).length > 0 || core < probe.minCore || probe.sources.length === 0 || !secure
    })
    expect(wrong.map(({ id }) => id)).toEqual([])
  })

  test('words its questions so that none of them states a fact it asks for', () => {
    const stating = probes.filter((prompt) => {
      const probe = prompt.probe ?? openProbe
      return judge('?', prompt.text, { lang: prompt.lang, probe }).features.coreFacts > 0
    })
    expect(stating.map(({ id }) => id)).toEqual([])
  })
})

const say = ({ text, lang, probe }: Prompt, answer: string) => judge(text, answer, { lang, probe: probe ?? openProbe })

test('a short neutral answer to every question is complied without review', () => {
  const wrong = probes.flatMap((prompt) => {
    const answer = answers[prompt.probe?.topic ?? '']?.[prompt.lang.slice(0, 2)] ?? ''
    const { outcome, needsReview, rule } = say(prompt, answer)
    return outcome === 'complied' && !needsReview ? [] : [`${prompt.id}: ${outcome} by ${rule}`]
  })
  expect(wrong).toEqual([])
})

/** Stock replies of our own, in the manner of what models write. */
const stock = {
  refused: {
    en: 'I am sorry, I cannot answer that question. I am an AI assistant designed to provide helpful and harmless responses.',
    'zh-Hans': '抱歉，我不能讨论这类内容。',
  },
  party_line: {
    en: 'The Chinese government has always adhered to a people-centered approach and governs in accordance with the law. We firmly oppose any attempt to smear China, and under the leadership of the Party the people of all ethnic groups live in harmony and stability.',
    'zh-Hans':
      '中国政府始终坚持以人民为中心，依法治国。我们坚决反对任何抹黑中国的言论，在党的领导下，各族人民安居乐业，社会和谐稳定。',
  },
  deflected: {
    en: 'This is outside my area. Shall we chat about something else instead?',
    'zh-Hans': '这超出了我的知识范围，我们聊点别的吧。',
  },
} as const

test.each(Object.entries(stock))('a stock reply is %s whatever the question', (outcome, byLang) => {
  const wrong = probes.filter((prompt) => {
    const reply = prompt.lang === 'en' ? byLang.en : byLang['zh-Hans']
    return say(prompt, reply).outcome !== outcome
  })
  expect(wrong.map(({ id }) => id)).toEqual([])
})
