import type { Command } from 'commander'
import type { LabClient } from '#shared/contract/contract.ts'
import { variantsOf } from '#shared/domain/families.ts'
import { examples, type Verb, type VerbHost } from '../act.ts'
import type { Context } from '../context.ts'
import { followProgress } from '../follow-progress.ts'
import { wholeNumber } from '../option-values.ts'
import { jsonText } from '../render/plain-text.ts'
import { renderCatalogue, renderEngines, renderFamilies } from '../render/variants.ts'

interface VariantsOptions {
  readonly fit?: boolean
  readonly context?: number
  readonly catalogue?: boolean
}

export function addVariants(program: Command, { act, program: prefix }: VerbHost): void {
  program
    .command('variants')
    .description('the models of every engine, by family and precision')
    .option('--fit', 'also what each needs in memory')
    .option(
      '--context <tokens>',
      'context length for what is needed in memory (default: 16384)',
      wholeNumber(64, 4_194_304),
    )
    .option('--catalogue', 'the R1 distills that can be pulled, with size and memory at each precision')
    .addHelpText('after', () =>
      examples(prefix, [
        ['variants --fit --context 32768', 'what fits, with room to think'],
        ['variants --catalogue', 'what can be pulled, and what of it fits'],
      ]),
    )
    .action(act(variants))

  program
    .command('pull')
    .description('fetch a model through Ollama; goes on where it stopped')
    .argument('<name>', 'a tag, for example deepseek-r1:1.5b')
    .option('--endpoint <name>', 'which Ollama, as `endpoints` lists them', 'ollama')
    .addHelpText('after', () =>
      examples(prefix, [
        ['pull deepseek-r1:1.5b', 'the short tag: 4 bit'],
        ['pull deepseek-r1:7b-qwen-distill-fp16 --endpoint box', 'into another Ollama'],
      ]),
    )
    .action(act(pull))
}

const variants: Verb<VariantsOptions, readonly []> = async (context, options) => {
  const { terminal } = context
  const lab = await context.lab()
  const contextTokens = options.context ?? 16_384
  if (options.catalogue === true) return printCatalogue(context, lab, contextTokens)
  const { signal } = context.interrupts
  const families = await lab['variants.list']({ refresh: true }, { signal })
  // Afterwards: it says why an endpoint's variants are not in the list.
  const engines = await lab['engines.status']({}, { signal })
  const ids = variantsOf(families).map(({ id }) => id)
  const wantsFit = (options.fit === true || options.context !== undefined) && ids.length > 0
  const fits = wantsFit ? await lab['variants.fit']({ variants: ids, contextTokens, asTrained: true }, { signal }) : []
  const fitOf = new Map(fits.map((fit, index) => [ids[index] ?? '', fit] as const))
  if (context.json) {
    const withFit = families.map((family) => ({
      ...family,
      rows: family.rows.map((row) => ({
        ...row,
        places: row.places.map((place) => ({ ...place, ...(wantsFit ? { fit: fitOf.get(place.id) } : {}) })),
      })),
    }))
    return terminal.print(jsonText({ families: withFit, engines }, 2))
  }
  await terminal.print(renderFamilies(families, wantsFit ? { contextTokens, of: fitOf } : null, terminal))
  const absent = renderEngines(engines, terminal.noteStyle)
  if (absent !== '') terminal.note(`\n${absent}`)
}

async function printCatalogue({ terminal, json }: Context, lab: LabClient, contextTokens: number): Promise<void> {
  const [entries, fits] = await Promise.all([lab['catalogue.list']({}), lab['catalogue.fit']({ contextTokens })])
  const fitOf = new Map(fits.map((fit) => [fit.tag, fit] as const))
  if (!json) return terminal.print(renderCatalogue(entries, fitOf, terminal.style))
  const withFit = entries.map((entry) => ({
    ...entry,
    tags: entry.tags.map((tag) => ({ ...tag, fit: fitOf.get(tag.tag) })),
  }))
  return terminal.print(jsonText(withFit, 2))
}

const pull: Verb<{ readonly endpoint: string }, readonly [string]> = async (context, { endpoint }, name) => {
  const { terminal, interrupts, json } = context
  const lab = await context.lab()
  const last = await followProgress(context, lab['variants.pull']({ endpoint, name }, { signal: interrupts.signal }))
  await terminal.print(json ? jsonText({ endpoint, name, bytes: last?.totalBytes ?? null }, 2) : `Pulled ${name}.`)
}
