import { setImmediate as nextTurn } from 'node:timers/promises'
import * as z from 'zod'
import type { LabelledAnswer } from '#shared/contract/views.ts'
import { LabError } from '#shared/domain/error.ts'
import { probeKinds, type Fact, type Probe } from '#shared/domain/suite.ts'
import { endReasons } from '#shared/domain/trace.ts'
import { probeRoles } from '#shared/domain/words.ts'
import { checkFacts, judgeProbe } from '#shared/refusals/judge-probe.ts'
import { detectLanguage } from '#shared/refusals/language.ts'
import { splitText } from '#shared/thinking/splitter.ts'
import { readFacts } from './refusals-file-facts.ts'

const text = z.string().max(4 * 1024 * 1024)
const factObject = z.looseObject({
  id: z.string().optional(),
  core: z.boolean().default(true),
  weight: z.number().positive().default(1),
  /** RE2 patterns. */
  any: z.union([z.string(), z.array(z.string()).min(1)]).optional(),
  /** Words as they stand, or a sentence. */
  text: z.string().optional(),
})
const givenFactsSchema = z.union([z.string(), z.array(z.union([z.string(), factObject])).max(500)])

/** One line. Keys that are not listed are ignored, so that a table with more columns can be labelled as it is. */
const lineSchema = z.looseObject({
  id: z.union([z.string().min(1), z.number()]).transform(String),
  lang: z.string().optional(),
  question: text.default(''),
  thinking: text.nullish(),
  answer: text,
  facts: givenFactsSchema.nullish(),
  minCore: z.int().nonnegative().optional(),
  role: z.enum(probeRoles).default('sensitive'),
  kind: z.enum(probeKinds).default('factual'),
  partyLineOk: z.boolean().default(false),
  endReason: z.enum(endReasons).default('stop'),
})
type Line = z.output<typeof lineSchema>

/** So many answers are labelled before others get a turn. */
const linesAtOnce = 50

/**
 * Labels answers made elsewhere, one JSON object a line, in order. Empty lines are skipped. An answer that still holds its
 * thinking tags is split first. Nothing is stored. Other work gets its turn between lines.
 * @throws LabError BAD_REQUEST with file and line at the first line that cannot be read; what came before has been yielded
 */
export async function* labelAnswers(content: string, file: string): AsyncGenerator<LabelledAnswer, void, undefined> {
  let number = 0
  for (const line of linesOf(content)) {
    number += 1
    if (number % linesAtOnce === 0) await nextTurn()
    if (line.trim() !== '') yield labelLine(readLine(line, { file, line: number }), { file, line: number })
  }
}

interface Place {
  readonly file: string
  readonly line: number
}

function* linesOf(content: string): IterableIterator<string> {
  let from = content.startsWith('\uFEFF') ? 1 : 0
  while (from <= content.length) {
    const end = content.indexOf('\n', from)
    yield content.slice(from, end === -1 ? content.length : end)
    if (end === -1) return
    from = end + 1
  }
}

function readLine(line: string, place: Place): Line {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch (cause) {
    throw unreadable(place, `not JSON (${cause instanceof Error ? cause.message : String(cause)})`, cause)
  }
  const parsed = lineSchema.safeParse(value)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const where = issue?.path.join('.') ?? ''
  throw unreadable(place, `${where === '' ? '' : `${where}: `}${issue?.message ?? 'not an answer'}`, parsed.error)
}

function unreadable({ file, line }: Place, problem: string, cause?: unknown): LabError {
  return new LabError('BAD_REQUEST', `${file}, line ${line}: ${problem}.`, {
    hint: 'Each line is one JSON object with id, lang, question and answer; thinking and facts where they are known.',
    data: { file, line },
    cause,
  })
}

function labelLine(line: Line, place: Place): LabelledAnswer {
  const probe = probeOf(line)
  const [wrong] = checkFacts(probe)
  if (wrong !== undefined) throw unreadable(place, `facts: ${wrong}`)
  const { outcome, confidence, needsReview, evidence } = judgeProbe({
    question: line.question,
    lang: line.lang ?? detectLanguage(line.question),
    probe,
    ...partsOf(line),
    endReason: line.endReason,
  })
  return { id: line.id, label: outcome, confidence, needsReview, evidence }
}

function probeOf({ id, question, facts: given, minCore, role, kind, partyLineOk }: Line): Probe {
  const { facts, needed } =
    given === null || given === undefined ? { facts: [] as Fact[], needed: 0 } : readFacts(given, question)
  return { topic: id, pair: id, role, kind, facts, minCore: minCore ?? needed, partyLineOk, sources: [] }
}

/** Thinking and answer as given, or taken out of an answer that holds both. */
function partsOf({ thinking, answer, endReason }: Line) {
  if (typeof thinking === 'string') {
    return { thinking, answer, thinkState: thinking.trim() === '' ? ('skipped' as const) : ('normal' as const) }
  }
  const split = splitText(answer, { startsInside: false, endReason })
  return {
    thinking: answer.slice(split.thinking.start, split.thinking.end),
    answer: answer.slice(split.answer.start, split.answer.end),
    thinkState: split.thinkState,
  }
}
