import type { Command } from 'commander'
import type { LabClient } from '#shared/contract/contract.ts'
import type { Arm } from '#shared/domain/engine.ts'
import { LabError } from '#shared/domain/error.ts'
import { didYouMean } from '#shared/domain/near-words.ts'
import { examples, type Verb, type VerbHost } from '../act.ts'
import { marginPoints, oneOf } from '../option-values.ts'
import { renderComparison, renderTags } from '../render/comparison.ts'
import { jsonText } from '../render/plain-text.ts'
import { resolveRun } from '../resolve-run.ts'
import { checkVerdicts, type CheckOptions } from '../run-result.ts'
import { addCheckOptions } from './run.ts'

interface CompareOptions extends CheckOptions {
  readonly margin?: number
  readonly tag?: string
  readonly arm?: Arm
  readonly reference?: string
}

export function addCompare(program: Command, { act, program: prefix }: VerbHost): void {
  addCheckOptions(
    program
      .command('compare')
      .description('what each variant lost against the reference, with verdicts')
      .argument('<run>', 'its number, or last')
      .option('--margin <points>', 'another margin than the one fixed before the run', marginPoints)
      .option('--tag <name>', 'the same for every value of a tag, for example distance')
      .addOption(oneOf('--arm <name>', 'which arm', ['natural', 'forced', 'suppressed', 'chat']))
      .option('--reference <name>', 'another reference'),
  )
    .addHelpText('after', () =>
      examples(prefix, [
        ['compare last --tag distance', 'is the loss larger away from the benchmark?'],
        ['compare 17 --margin 5 --check', 'exit code 3 when a variant loses more than five points'],
      ]),
    )
    .action(act(compare))
}

const compare: Verb<CompareOptions, readonly [string]> = async (context, options, word) => {
  const lab = await context.lab()
  const id = await resolveRun(lab, word)
  const { margin, tag, arm, reference } = options
  const comparison = await lab['compare.get']({
    run: id,
    ...(margin === undefined ? {} : { margin }),
    ...(tag === undefined ? {} : { tag }),
    ...(arm === undefined ? {} : { arm }),
    ...(reference === undefined ? {} : { reference: await referenceIndex() }),
  })
  if (tag !== undefined && comparison.byTag.length === 0) throw await noSuchTag(lab, id, tag)
  const { terminal } = context
  if (context.json) await terminal.print(jsonText(comparison, 2))
  else if (comparison.variants.every(({ n }) => n === 0) && (await lab['runs.get']({ run: id })).isProbeRun) {
    await terminal.print(
      `Run ${id} asks probes, which have labels and no grades. What was withheld: ${context.program} refusals show ${id}`,
    )
  } else {
    await terminal.print(renderComparison(comparison, terminal))
    if (tag !== undefined) await terminal.print(`\n${renderTags(comparison, terminal)}`)
  }
  return checkVerdicts([comparison], options)

  async function referenceIndex(): Promise<number> {
    const { variants } = await lab['runs.get']({ run: id })
    const found = variants.find(({ variant: { name, ref, id: full, precision } }) =>
      [name, ref, full, precision.name].includes(reference ?? ''),
    )
    if (found !== undefined) return found.index
    throw new LabError('NOT_FOUND', `Run ${id} has no variant ${reference}.`, {
      hint: `It has ${variants.map(({ variant }) => variant.name).join(', ')}.`,
    })
  }
}

async function noSuchTag(lab: LabClient, run: number, tag: string): Promise<LabError> {
  const { suites } = await lab['runs.get']({ run })
  const read = await Promise.all(suites.map(({ hash }) => lab['suites.get']({ suite: hash })))
  const tags = new Set(
    read.flatMap(({ prompts }) => prompts.flatMap((prompt) => ['lang', ...Object.keys(prompt.tags)])),
  )
  return new LabError('NOT_FOUND', `The prompts of run ${run} do not differ in a tag ${tag}.`, {
    hint: didYouMean(tag, [...tags]) ?? `Their tags are ${[...tags].join(', ')}.`,
  })
}
