import type { Command } from 'commander'
import type { LabClient } from '#shared/contract/contract.ts'
import { variantsOf } from '#shared/domain/families.ts'
import type { Context } from './context.ts'
import { optionsOf, type Standing } from './completion-standing.ts'

/** A word that fits, and what it is. */
export interface Offer {
  readonly value: string
  readonly what: string
}

export interface Offers {
  readonly offers: readonly Offer[]
  /** Whether a file may stand here as well. */
  readonly files: boolean
}

/** A shell waits for the answer: an engine that hangs is left out. */
const patienceMs = 3000

type Source = (lab: LabClient) => Promise<readonly Offer[]>

interface Place {
  /** Names that the lab knows. */
  readonly names?: Source
  readonly files?: boolean
}

/** What fits where the cursor stands. A lab that cannot be asked offers nothing: nobody wants its error there. */
export async function offersFor({ command, path, expects }: Standing, { lab }: Pick<Context, 'lab'>): Promise<Offers> {
  if (expects.kind === 'option') return { offers: options(command), files: false }
  const { of } = expects
  const key = expects.kind === 'value' ? (expects.of.long ?? '') : of === null ? '' : `<${of.name()}>`
  const place = places[`${path} ${key}`.trim()] ?? places[key] ?? {}
  const commands = expects.kind === 'argument' && expects.isFirst ? subcommands(command) : []
  const choices = (of?.argChoices ?? []).map((value) => ({ value, what: '' }))
  const names = place.names === undefined ? [] : await inTime(lab, place.names)
  return { offers: [...commands, ...choices, ...names], files: place.files ?? false }
}

const options = (command: Command): readonly Offer[] =>
  optionsOf(command).map(({ long, short, description }) => ({ value: long ?? short ?? '', what: description }))

const subcommands = (command: Command | null): readonly Offer[] =>
  command === null
    ? []
    : command
        .createHelp()
        .visibleCommands(command)
        .map((one) => ({ value: one.name(), what: one.description() }))

async function inTime(openLab: Context['lab'], names: Source): Promise<readonly Offer[]> {
  const late = new Promise<readonly Offer[]>((resolve) => {
    setTimeout(resolve, patienceMs, []).unref()
  })
  const asked = openLab()
    .then(names)
    .catch(() => [])
  return Promise.race([asked, late])
}

const runs: Source = async (lab) => {
  const known = await lab['runs.list']({})
  const last = known.length === 0 ? [] : [{ value: 'last', what: 'the newest run' }]
  return [...last, ...known.map(({ id, name, state }) => ({ value: String(id), what: `${name}, ${state}` }))]
}

const suites: Source = async (lab) =>
  (await lab['suites.list']({})).map(({ name, title }) => ({ value: name, what: title }))

const variants: Source = async (lab) => {
  const all = variantsOf(await lab['variants.list']({}))
  const names = Map.groupBy(all, ({ name }) => name)
  // A name that fits several variants means none of them: their ids do.
  return all.map(({ id, name, precision, endpoint }) => ({
    value: names.get(name)?.length === 1 ? name : id,
    what: `${precision.name}, ${endpoint}`,
  }))
}

const endpoints: Source = async (lab) =>
  (await lab['settings.get']({})).endpoints.map(({ id, url }) => ({ value: id, what: url }))

const catalogue: Source = async (lab) =>
  (await lab['catalogue.list']({})).flatMap(({ title, tags }) =>
    tags.map(({ tag, precision }) => ({ value: tag, what: `${title}, ${precision}` })),
  )

const tags: Source = async () => [
  { value: 'distance', what: 'benchmark, near or far wording' },
  { value: 'family', what: 'kind of problem' },
  { value: 'lang', what: 'language' },
]

/** By option or argument; with the command before it where the same word means several things. */
const places: Readonly<Record<string, Place>> = {
  '<run>': { names: runs },
  '<suite>': { names: suites },
  'run <suite>': { names: suites, files: true },
  '<file>': { files: true },
  '<source>': { names: variants, files: true },
  'pull <name>': { names: catalogue },
  'endpoints remove <name>': { names: endpoints },
  '--suite': { names: suites, files: true },
  '--variants': { names: variants, files: true },
  '--variant': { names: variants },
  '--reference': { names: variants, files: true },
  '--judge': { names: variants, files: true },
  '--endpoint': { names: endpoints },
  '--tag': { names: tags },
  '--out': { files: true },
  '--home': { files: true },
}
