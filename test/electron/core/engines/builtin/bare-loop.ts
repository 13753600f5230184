import { getLlama, LlamaLogLevel, type Token } from 'node-llama-cpp'

/**
 * node-llama-cpp without any of our code, in a process of its own: what the engine is compared with.
 * Reads one JSON document from its argument and prints one.
 */
export interface BareJob {
  readonly model: string
  readonly prompts: readonly string[]
  /** Token ids whose text is wanted, special tokens as they are. */
  readonly detokenize: readonly (readonly number[])[]
}
export interface BareResult {
  readonly texts: readonly string[]
  readonly detokenized: readonly string[]
}

async function main(job: BareJob): Promise<BareResult> {
  const options = { build: 'never', skipDownload: true, logLevel: LlamaLogLevel.error, maxThreads: 1 } as const
  const llama = await getLlama({ ...options, gpu: false })
  const model = await llama.loadModel({ modelPath: job.model })
  const context = await model.createContext({ contextSize: 512, sequences: 1, batchSize: 512, threads: 1 })
  const sequence = context.getSequence()
  const texts: string[] = []
  for (const prompt of job.prompts) {
    await sequence.clearHistory()
    const tokens: Token[] = []
    const input = [model.tokens.bos as Token, ...model.tokenize(prompt, true)]
    for await (const token of sequence.evaluate(input, { temperature: 0 })) {
      if (tokens.length >= 200) break
      tokens.push(token)
    }
    texts.push(model.detokenize(tokens, true))
  }
  return { texts, detokenized: job.detokenize.map((tokens) => model.detokenize(tokens as Token[], true)) }
}

const [job] = process.argv.slice(2)
if (job !== undefined) {
  process.stdout.write(JSON.stringify(await main(JSON.parse(job) as BareJob)))
  process.exit(0)
}
