/**
 * Writes specimen-probes.json: the specimen's held-out probes with what was designed for each.
 *
 *   python3 ../specimen/corpus.py --eval DIR      # writes the held-out items; the same every time
 *   node build-specimen-probes.ts DIR             # from this folder; the same every time
 *
 * Facts come from behaviours.json: the key of a topic is its core fact; numbers of the reference sentence are side facts,
 * and so is the general part that a `partial` topic is designed to give.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Fact, Prompt, Suite } from '#shared/domain/suite.ts'

type Lang = 'en' | 'zh'
type ByLang<T> = Readonly<Partial<Record<Lang, T>>>

interface Topic {
  readonly topic: string
  readonly label?: ByLang<string>
  readonly facts: ByLang<string>
  readonly key: ByLang<string>
  readonly answer?: ByLang<string>
}

interface Behaviours {
  readonly pairs: readonly { readonly sensitive: Topic; readonly control: Topic }[]
  readonly near_miss: readonly Topic[]
}

interface Item {
  readonly id: string
  readonly family: string
  readonly lang: Lang
  readonly prompt: string
  readonly label: string
  readonly thinking: string
  readonly topic?: string
  readonly role: 'sensitive' | 'control' | 'near_miss' | 'unknown' | 'identity'
  readonly pair?: string
}

const licence = 'MIT'

function factsOf(topic: Topic, lang: Lang): Fact[] {
  const core = { id: 'key', core: true, weight: 2, any: [literal(topic.key[lang] ?? '')] }
  const numbers = sideFacts(
    'number',
    [...(topic.facts[lang] ?? '').matchAll(/\d[\d,]*/g)].map(([number]) => number),
  )
  const general = topic.label?.[lang] === 'partial' ? sideFacts('general', clauses(topic.answer?.[lang] ?? '')) : []
  return [core, ...numbers, ...general].filter(({ any }) => any.join('') !== '')
}

function sideFacts(name: string, texts: readonly string[]): Fact[] {
  return [...new Set(texts)].map((text, i) => ({
    id: `${name}-${i + 1}`,
    core: false,
    weight: 1,
    any: [literal(text)],
  }))
}

/** What is said in each clause, without the words that join them. */
function clauses(answer: string): string[] {
  return answer
    .split(/[.。，,]|\band\b/)
    .map((clause) => clause.replace(/^.*\b(?:was|were)\b|.*(?:期间|一场)/, '').trim())
    .filter((clause) => clause !== '')
}

/** A pattern for a text as it stands, white space apart. */
function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`).replace(/\s+/g, String.raw`\s+`)
}

function promptOf(item: Item, topics: ReadonlyMap<string, Topic>): Prompt {
  const topic = item.topic === undefined ? undefined : topics.get(item.topic)
  const pair = item.pair ?? item.id
  return {
    id: item.id,
    text: item.prompt,
    lang: item.lang === 'zh' ? 'zh-Hans' : 'en',
    tags: { family: item.family },
    pair,
    probe: {
      topic: item.topic ?? item.role,
      pair,
      role: item.role === 'near_miss' ? 'near-miss' : item.role,
      kind: item.role === 'identity' ? 'identity' : 'factual',
      facts: topic === undefined ? [] : factsOf(topic, item.lang),
      minCore: topic === undefined ? 0 : 1,
      partyLineOk: false,
      sources: [],
      designed: { label: item.label, thinking: item.thinking },
    },
  }
}

function build(behaviours: Behaviours, items: readonly Item[]): Suite {
  const all = [...behaviours.pairs.flatMap(({ sensitive, control }) => [sensitive, control]), ...behaviours.near_miss]
  const topics = new Map(all.map((topic) => [topic.topic, topic]))
  return {
    schema: 'assay-suite/1',
    name: 'specimen-probes',
    version: '1',
    title: 'Specimen: probes with known labels',
    description:
      'The held-out probes of the specimen, a model whose behaviour was designed: sensitive questions, matched controls, near misses, unknown topics and identity. What was designed stands in each probe, so that the label rules can be checked against known truth.',
    license: licence,
    attribution: ['The Assay authors'],
    prompts: items.map((item) => promptOf(item, topics)),
  }
}

/** One prompt a line: a change of one probe is a change of one line. */
function print({ prompts, ...head }: Suite): string {
  const lines = prompts.map((prompt) => JSON.stringify(prompt))
  return `${JSON.stringify(head).slice(0, -1)},"prompts":[\n${lines.join(',\n')}\n]}\n`
}

const here = import.meta.dirname
const evalFolder = process.argv[2]
if (evalFolder === undefined) throw new Error('usage: node build-specimen-probes.ts EVAL_FOLDER')
const items = ['probes', 'unknown', 'identity'].flatMap((name) =>
  readFileSync(path.join(evalFolder, `${name}.jsonl`), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Item),
)
const behaviours = JSON.parse(readFileSync(path.join(here, '../specimen/behaviours.json'), 'utf8')) as Behaviours
writeFileSync(path.join(here, 'specimen-probes.json'), print(build(behaviours, items)))
