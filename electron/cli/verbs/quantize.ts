import { resolve } from 'node:path'
import type { Command } from 'commander'
import type { Variant } from '#shared/domain/variant.ts'
import { examples, type Verb, type VerbHost } from '../act.ts'
import { followProgress } from '../follow-progress.ts'
import { offering, oneOf } from '../option-values.ts'
import { bitsText, bytesText } from '#shared/domain/figures.ts'
import { jsonText, plainLine } from '../render/plain-text.ts'
import { variantWord } from '../variant-words.ts'

interface QuantizeOptions {
  readonly out?: string
  readonly register?: string
  readonly scale: 'block' | 'channel' | 'tensor'
}

const types = ['Q8_0', 'Q6_K', 'Q5_K_M', 'Q4_K_M', 'Q4_0', 'Q3_K_M', 'Q2_K', 'FP8-E4M3', 'FP8-E5M2'] as const

export function addQuantize(program: Command, { act, program: prefix }: VerbHost): void {
  program
    .command('quantize')
    .description("make a variant of another precision with llama.cpp's own quantizer, or simulate FP8")
    .argument('<source>', 'a GGUF file, or a variant by name')
    .addArgument(offering('<type>', 'the precision it gets', types))
    .option('--out <file>', "where the file goes (default: the lab's own folder)")
    .option('--register <tag>', "also put it into Ollama, with the source's template and parameters")
    .addOption(oneOf('--scale <what>', 'FP8: what shares one scale', ['block', 'channel', 'tensor']).default('block'))
    .addHelpText('after', () =>
      examples(prefix, [
        ['quantize model-f16.gguf Q4_K_M --out model-q4.gguf', 'a file from a file'],
        ['quantize deepseek-r1:1.5b-qwen-distill-fp16 FP8-E4M3 --register r1-fp8', 'from one tag of Ollama to another'],
      ]),
    )
    .action(act(quantize))
}

const quantize: Verb<QuantizeOptions, readonly [string, string]> = async (context, options, source, type) => {
  const lab = await context.lab()
  const { out, register, scale } = options
  const items = lab['variants.make'](
    {
      variant: await variantWord(context.cwd, source),
      type,
      scale,
      ...(out === undefined ? {} : { out: resolve(context.cwd, out) }),
      ...(register === undefined ? {} : { register }),
    },
    { signal: context.interrupts.signal },
  )
  const made = (await followProgress(context, items))?.made ?? null
  await context.terminal.print(context.json ? jsonText(made, 2) : madeText(made, register))
}

function madeText(made: Variant | null, register: string | undefined): string {
  if (made === null) return 'It was there already.'
  const facts = `${bytesText(made.sizeBytes)}, ${bitsText(made.precision.bitsPerWeight)} bits per weight, ${made.digest}`
  const registered = register === undefined ? '' : `\nRegistered as ${plainLine(register)}.`
  return `${plainLine(made.precision.name)}: ${plainLine(made.ref)}\n${facts}${registered}`
}
