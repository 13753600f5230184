import { contract, type LabClient, type LabContract } from '#shared/contract/contract.ts'
import { LabError } from '#shared/domain/error.ts'

type Answers = Readonly<Record<string, (input: never, context: object) => unknown>>

/** A client of the lab's own handlers, with inputs parsed as over a wire. What neither they nor `own` answer is refused. */
export function handlersClient(handlers: object, own: Answers, streams: Answers = {}): LabClient {
  const all: Answers = { ...own, ...(handlers as Answers) }
  return new Proxy(all, {
    get: (_, name: string) =>
      streams[name] ??
      (async (input: unknown) => {
        const handler = all[name]
        if (handler === undefined) throw new LabError('NOT_FOUND', `this lab has no ${name}`)
        return handler(contract[name as keyof LabContract].input.parse(input) as never, {})
      }),
  }) as unknown as LabClient
}
