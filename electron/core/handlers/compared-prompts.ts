import type { AnsweredCell, ComparedPrompt, ComparedPromptPage, Wording } from '#shared/contract/compare-views.ts'
import type { PromptView } from '#shared/contract/views.ts'
import type { Arm } from '#shared/domain/engine.ts'
import { runId } from '#shared/domain/ids.ts'
import type { Run, Trace } from '#shared/domain/run.ts'
import { expectedText } from '#shared/grading/expected-text.ts'
import { comparisonTags } from '../analysis/compare-tags.ts'
import { findFlipSamples, type Flip, type FlipQuery } from '../analysis/find-flips.ts'
import type { RunPrompt } from '../store/store.ts'
import type { LabServices } from './lab-services.ts'

type Services = Pick<LabServices, 'store' | 'runs'>

/** A quadrant as the contract asks for it. */
export interface QuadrantQuery {
  readonly run: number
  readonly variantIndex: number
  readonly quadrant: FlipQuery['quadrant']
  readonly reference?: number | undefined
  readonly arm?: Arm | undefined
  readonly tag?: { readonly name: string; readonly value: string } | undefined
  readonly query?: string | undefined
}

/** A table shows the beginning; the whole text is one click away. */
const mostChars = 400

/** The prompts of a quadrant that have the tag and contain the text asked for. */
export function quadrantPrompts({ runs }: Pick<Services, 'runs'>, query: QuadrantQuery): readonly Flip[] {
  const run = runs.get(runId(query.run))
  const flips = findFlipSamples(runs.facts(run.id), {
    arm: armOf(run, query),
    variantIndex: query.variantIndex,
    reference: referenceOf(run, query),
    quadrant: query.quadrant,
  })
  const matches = promptFilter(query)
  if (matches === null) return flips
  const prompts = runs.prompts(run.id)
  return flips.filter(({ promptIndex }) => {
    const selected = prompts[promptIndex]
    return selected !== undefined && matches(selected)
  })
}

/** One page of them, with both answers. Reads two traces a row. */
export function comparedPromptPage(
  services: Services,
  query: QuadrantQuery & FlipOrder & { readonly offset: number; readonly limit: number },
): ComparedPromptPage {
  const run = services.runs.get(runId(query.run))
  const prompts = services.runs.prompts(run.id)
  const flips = inOrder(quadrantPrompts(services, query), prompts, query)
  const arm = armOf(run, query)
  const rows = flips
    .slice(query.offset, query.offset + query.limit)
    .flatMap(({ promptIndex, sample }): ComparedPrompt[] => {
      const selected = prompts[promptIndex]
      if (selected === undefined) return []
      const answered = (variantIndex: number) => answeredCell(services, run, { variantIndex, promptIndex, arm, sample })
      const { suite, prompt } = selected
      return [
        {
          promptIndex,
          promptId: prompt.id,
          suite: suite.name,
          text: clip(prompt.text),
          lang: prompt.lang,
          tags: prompt.tags,
          expected: clip(expectedText(prompt.grader)),
          sample,
          reference: answered(referenceOf(run, query)),
          variant: answered(query.variantIndex),
        },
      ]
    })
  return { total: flips.length, rows }
}

interface FlipOrder {
  readonly sort?: string | undefined
  readonly descending?: boolean | undefined
}

/** 9 before 10, in numbers within a text too. */
const collator = new Intl.Collator('en', { numeric: true })

/** Equal ones stay in the run's order; prompts without the tag come last, whichever way. */
function inOrder(
  flips: readonly Flip[],
  prompts: readonly RunPrompt[],
  { sort, descending }: FlipOrder,
): readonly Flip[] {
  if (sort === undefined) return flips
  const words = new Map(flips.map(({ promptIndex }) => [promptIndex, sortWords(prompts[promptIndex], sort)]))
  const way = descending === true ? -1 : 1
  return flips.toSorted((a, b) => {
    const [x, y] = [words.get(a.promptIndex) ?? null, words.get(b.promptIndex) ?? null]
    if (x === null || y === null) return Number(x === null) - Number(y === null)
    return way * collator.compare(x, y)
  })
}

function sortWords(selected: RunPrompt | undefined, sort: string): string | null {
  if (selected === undefined) return null
  const { prompt } = selected
  if (sort === 'id') return prompt.id
  if (sort === 'text') return prompt.text
  if (sort === 'expected') return expectedText(prompt.grader)
  return sort.startsWith('tag:') ? (comparisonTags(prompt)[sort.slice(4)] ?? null) : null
}

interface Place {
  readonly promptIndex: number
  readonly arm: Arm
  readonly sample: number
}

/** What a prompt's view says beyond its cells: what is expected, and the other wordings of its pair. */
export function promptContext(
  services: Services,
  run: Run,
  { promptIndex, arm, sample }: Place,
): Pick<PromptView, 'expected' | 'wordings'> {
  const here = services.store.runs.prompt(run.id, promptIndex)
  const pair = here?.prompt.pair
  // Reading all prompts takes longest: most have no other wordings.
  const others = pair === undefined ? [] : services.runs.prompts(run.id)
  const wordings = others.flatMap(({ suite, prompt }, index): Wording[] => {
    if (prompt.pair !== pair || suite.hash !== here?.suite.hash) return []
    return [
      {
        promptIndex: index,
        promptId: prompt.id,
        text: clip(prompt.text),
        lang: prompt.lang,
        tags: prompt.tags,
        cells: run.variants.map((variant) =>
          answeredCell(services, run, { variantIndex: variant.index, promptIndex: index, arm, sample }),
        ),
      },
    ]
  })
  return { expected: expectedText(here?.prompt.grader), wordings }
}

function answeredCell(
  { store }: Services,
  run: Run,
  { variantIndex, promptIndex, arm, sample }: Place & { readonly variantIndex: number },
): AnsweredCell {
  const cell = store.cells.find(run.id, variantIndex, promptIndex, arm, sample)
  const trace = cell === null ? null : store.traces.get(cell.id)
  return {
    variantIndex,
    correct: cell?.correct ?? null,
    found: clip(foundText(trace)),
    thinkState: cell?.thinkState ?? null,
    thinkingTokens: cell?.thinkingTokens ?? null,
    tokens: cell?.tokens ?? null,
  }
}

function foundText(trace: Trace | null): string | null {
  if (trace === null) return null
  if (trace.grade?.kind === 'graded' && trace.grade.found !== null) return trace.grade.found
  const answer = trace.raw.slice(trace.split.answer.start, trace.split.answer.end).trim()
  return answer === '' ? null : answer
}

const armOf = (run: Run, { arm }: QuadrantQuery): Arm => arm ?? run.arms[0] ?? 'natural'

const referenceOf = (run: Run, { reference }: QuadrantQuery): number => reference ?? run.variants[0]?.index ?? 0

/** Null where every prompt matches: then the prompts need not be read. */
function promptFilter({ tag, query }: QuadrantQuery): ((selected: RunPrompt) => boolean) | null {
  const wanted = query?.trim().toLowerCase() ?? ''
  if (tag === undefined && wanted === '') return null
  return ({ prompt }) =>
    (tag === undefined || comparisonTags(prompt)[tag.name] === tag.value) &&
    (prompt.id.toLowerCase().includes(wanted) || prompt.text.toLowerCase().includes(wanted))
}

function clip<T extends string | null>(text: T): T | string {
  return text === null || text.length <= mostChars ? text : `${text.slice(0, mostChars)}…`
}
