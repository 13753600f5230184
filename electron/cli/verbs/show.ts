import type { Command } from 'commander'
import type { LabClient } from '#shared/contract/contract.ts'
import { LabError } from '#shared/domain/error.ts'
import type { Cell, Run } from '#shared/domain/run.ts'
import { wholeNames } from '#shared/domain/variant-names.ts'
import { isCutOff } from '#shared/domain/words.ts'
import { examples, type Verb, type VerbHost } from '../act.ts'
import type { Context } from '../context.ts'
import { oneOf, wholeNumber } from '../option-values.ts'
import { cellDocument, renderCells, renderTrace, textDocument } from '../render/cells.ts'
import { jsonText, plainText } from '../render/plain-text.ts'
import { renderRun } from '../render/runs.ts'
import { resolveRun } from '../resolve-run.ts'

interface ShowOptions {
  readonly text?: boolean
  readonly cell?: string
  readonly variant?: string
  readonly state?: Cell['state']
  readonly wrong?: boolean
  readonly search?: string
  readonly limit?: number
}

type Filter = NonNullable<Parameters<LabClient['cells.page']>[0]['filter']>

export function addShow(program: Command, { act, program: prefix }: VerbHost): void {
  program
    .command('show')
    .description('a run with its cells, or one cell with its thinking and answer')
    .argument('<run>', 'its number, or last')
    .option('--text', 'with thinking and answers')
    .option('--cell <key>', 'one cell, by its key or number')
    .option('--variant <name>', 'only this variant')
    .addOption(oneOf('--state <name>', 'only cells in this state', ['pending', 'running', 'done', 'error']))
    .option('--wrong', 'only wrong answers')
    .option('--search <words>', 'only cells with these words in thinking or answer')
    .option('--limit <n>', 'at most this many cells (default: 20, with --json all)', wholeNumber(1))
    .addHelpText('after', () =>
      examples(prefix, [
        ['show last --wrong --variant Q2_K --text', 'what the coarsest variant got wrong, in its own words'],
        ['show 17 --json --text > run-17.json', 'everything, for a script'],
      ]),
    )
    .action(act(show))
}

const show: Verb<ShowOptions, readonly [string]> = async (context, options, word) => {
  const lab = await context.lab()
  const run = await lab['runs.get']({ run: await resolveRun(lab, word) })
  if (options.cell !== undefined) return showCell(context, lab, run, options.cell)
  const view = { filter: makeFilter(run, options), limit: options.limit ?? (context.json ? Infinity : 20) }
  return context.json
    ? printDocument(context, lab, run, { ...view, text: options.text ?? false })
    : printCells(context, lab, run, { ...view, text: options.text ?? false })
}

function makeFilter(run: Run, { variant, state, wrong, search }: ShowOptions): Filter {
  return {
    ...(variant === undefined ? {} : { variantIndexes: variantIndexes(run, variant) }),
    ...(state === undefined ? {} : { states: [state] }),
    ...(wrong === true ? { correct: false } : {}),
    ...(search === undefined ? {} : { query: search }),
  }
}

function variantIndexes(run: Run, name: string): number[] {
  const names = wholeNames(run.variants)
  const found = run.variants.filter(({ index, variant }) =>
    [names.get(index), variant.name, variant.id, variant.ref, variant.precision.name].includes(name),
  )
  if (found.length > 0) return found.map(({ index }) => index)
  throw new LabError('NOT_FOUND', `Run ${run.id} has no variant ${name}.`, {
    hint: `It has ${[...names.values()].join(', ')}.`,
  })
}

interface CellView {
  readonly filter: Filter
  readonly limit: number
  readonly text: boolean
}

async function* pages(lab: LabClient, run: Run, { filter, limit }: CellView): AsyncGenerator<readonly Cell[]> {
  for (let offset = 0; offset < limit;) {
    const size = Math.min(1000, limit - offset)
    const { rows } = await lab['cells.page']({ run: run.id, filter, offset, limit: size })
    if (rows.length > 0) yield rows
    if (rows.length < size) return
    offset += rows.length
  }
}

/** Row by row: a run of a hundred thousand cells is printed without being held. */
async function printDocument({ terminal }: Context, lab: LabClient, run: Run, view: CellView): Promise<void> {
  const { id, name, state, arms, samples, counts } = run
  const suites = run.suites.map((suite) => ({ name: suite.name, hash: suite.hash, n: suite.n }))
  const names = wholeNames(run.variants)
  const variants = run.variants.map(({ index, role, variant }) => ({
    index,
    role,
    name: names.get(index),
    id: variant.id,
    precision: variant.precision.name,
    digest: variant.digest,
  }))
  const head = jsonText({ run: id, name, state, suites, variants, arms, samples, counts })
  await terminal.printRaw(`${head.slice(0, -1)},"cells":[`)
  let separator = '\n'
  for await (const cells of pages(lab, run, view)) {
    const lines: string[] = []
    for (const cell of cells) {
      lines.push(separator, jsonText({ ...cellDocument(cell, run), ...(await textOf(lab, cell, view)) }))
      separator = ',\n'
    }
    await terminal.printRaw(lines.join(''))
  }
  await terminal.print('\n]}')
}

/** A cell that has not begun has none. */
const hasTrace = (cell: Cell): boolean => cell.state === 'done' || cell.state === 'error' || isCutOff(cell)

async function textOf(lab: LabClient, cell: Cell, { text }: CellView): Promise<object> {
  if (!text) return {}
  if (!hasTrace(cell)) return { thinking: null, answer: null, raw: null }
  return textDocument(await lab['cells.trace']({ cell: cell.id }))
}

async function printCells(context: Context, lab: LabClient, run: Run, view: CellView): Promise<void> {
  const { terminal, program } = context
  await terminal.print(renderRun(run, terminal))
  const { total, rows } = await lab['cells.page']({
    run: run.id,
    filter: view.filter,
    limit: Math.min(view.limit, 1000),
  })
  await terminal.print('')
  if (rows.length === 0) return terminal.print('No cell fits.')
  if (view.text) {
    for (const cell of rows) {
      if (hasTrace(cell))
        await terminal.print(`${renderTrace(await lab['cells.trace']({ cell: cell.id }), run, terminal.style)}\n`)
    }
  } else {
    await terminal.print(renderCells(rows, run, terminal.style))
  }
  if (total > rows.length) {
    terminal.note(
      `${rows.length} of ${total} cells; --limit shows more. One in full: ${program} show ${run.id} --cell N`,
    )
  }
}

async function showCell({ terminal, json }: Context, lab: LabClient, run: Run, key: string): Promise<void> {
  const cell = await findCell(lab, run, key)
  if (cell === null) {
    throw new LabError('NOT_FOUND', `Run ${run.id} has no cell ${plainText(key)}.`, {
      hint: 'Keys are in the output of show --json.',
    })
  }
  const trace = await lab['cells.trace']({ cell: cell.id })
  if (!json) return terminal.print(renderTrace(trace, run, terminal.style))
  const { cell: _cell, split: _split, raw: _raw, prompt: promptText, ...rest } = trace
  return terminal.print(jsonText({ ...cellDocument(trace.cell, run), promptText, ...rest, ...textDocument(trace) }, 2))
}

async function findCell(lab: LabClient, run: Run, key: string): Promise<Cell | null> {
  const wanted = /^\d+$/.test(key) ? Number(key) : null
  for await (const cells of pages(lab, run, { filter: {}, limit: Infinity, text: false })) {
    const found = cells.find((cell) => cell.key === key || cell.id === wanted)
    if (found !== undefined) return found
  }
  return null
}
