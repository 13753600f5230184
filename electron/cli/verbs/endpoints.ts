import type { Command } from 'commander'
import type { LabClient } from '#shared/contract/contract.ts'
import type { EngineStatus } from '#shared/domain/engine.ts'
import { LabError } from '#shared/domain/error.ts'
import { didYouMean } from '#shared/domain/near-words.ts'
import { examples, type Verb, type VerbHost } from '../act.ts'
import type { Context } from '../context.ts'
import { renderEndpoints } from '../render/endpoints.ts'
import { jsonText } from '../render/plain-text.ts'

export function addEndpoints(program: Command, { act, program: prefix }: VerbHost): void {
  const endpoints = program
    .command('endpoints')
    .description('where engines answer: two Ollama servers are two endpoints')
  const add = (name: string, description: string, lines: Parameters<typeof examples>[1]) =>
    endpoints
      .command(name)
      .description(description)
      .addHelpText('after', () => examples(prefix, lines))
  endpoints.action(act(list)).addHelpText('after', () =>
    examples(prefix, [
      ['endpoints', 'what answers where, and what leaves this machine'],
      ['endpoints add box http://gpu-box:11434', 'a second Ollama: its models are then `box:…`'],
    ]),
  )
  add('list', 'the endpoints there are', [['endpoints list --json', 'with states and versions']]).action(act(list))
  add('add', 'add an Ollama server', [
    ['endpoints add box http://gpu-box:11434', 'its models are then `box:…`'],
    ['endpoints add second http://127.0.0.1:11435', 'another Ollama on this machine'],
  ])
    .argument('<name>', 'small letters, digits and -')
    .argument('<url>', 'its address')
    .action(act(addOne))
  add('remove', 'remove an endpoint; runs that used it stay', [
    ['endpoints remove box', 'its models stay where they are'],
  ])
    .argument('<name>', 'as `endpoints` lists it')
    .action(act(removeOne))
}

const list: Verb<object, readonly []> = async (context) => {
  const { terminal, json, interrupts } = context
  const statuses = await (await context.lab())['engines.status']({}, { signal: interrupts.signal })
  await terminal.print(json ? jsonText(statuses, 2) : renderEndpoints(statuses, terminal.style))
}

/** Always there, wherever OLLAMA_HOST says, and so nothing to add or remove. */
const standard = 'ollama'

const addOne: Verb<object, readonly [string, string]> = async (context, _options, name, url) => {
  const lab = await context.lab()
  const { endpoints } = await lab['settings.get']({})
  if (endpoints.some(({ id }) => id === name)) {
    throw new LabError('CONFLICT', `There is an endpoint ${name} already.`, {
      hint:
        name === standard
          ? 'Its address comes from OLLAMA_HOST. Give another server another name.'
          : `Choose another name, or remove it first: ${context.program} endpoints remove ${name}`,
    })
  }
  await lab['settings.set']({ endpoints: [...(await stored(lab)), { id: name, kind: 'ollama', url }] })
  await printOne(context, lab, name)
}

const removeOne: Verb<object, readonly [string]> = async ({ terminal, json, lab: openLab }, _options, name) => {
  const lab = await openLab()
  const kept = await stored(lab)
  if (!kept.some(({ id }) => id === name))
    throw notRemovable(
      name,
      kept.map(({ id }) => id),
    )
  await lab['settings.set']({ endpoints: kept.filter(({ id }) => id !== name) })
  await terminal.print(json ? jsonText({ endpoint: name, removed: true }, 2) : `${name} is removed.`)
}

const stored = async (lab: LabClient) =>
  (await lab['settings.get']({})).endpoints
    .filter(({ id, fromEnvironment }) => !fromEnvironment && id !== standard)
    .map(({ id, kind, url }) => ({ id, kind, url }))

function notRemovable(name: string, names: readonly string[]): LabError {
  if (name === standard || name === 'builtin') {
    return new LabError('BAD_REQUEST', `${name} cannot be removed: it is part of Assay.`)
  }
  const others = names.length === 0 ? 'None was added.' : `There are ${names.join(', ')}.`
  return new LabError('NOT_FOUND', `There is no endpoint ${name}.`, { hint: didYouMean(name, names) ?? others })
}

async function printOne({ terminal, json, interrupts }: Context, lab: LabClient, name: string): Promise<void> {
  const statuses = await lab['engines.status']({}, { signal: interrupts.signal })
  const status: EngineStatus | undefined = statuses.find(({ endpoint }) => endpoint === name)
  if (status === undefined) return
  await terminal.print(json ? jsonText(status, 2) : renderEndpoints([status], terminal.style))
}
