import { authoredSuiteSchema, type AuthoredSuite } from './authoring.ts'
import type { Draft } from './expand.ts'
import { answerFault } from './prompt-faults.ts'
import type { Fault } from './read/source.ts'
import { faultsOf } from './zod-faults.ts'

/** What the prompts are understood by: while one of these is wrong, what is said of a prompt may be wrong, too. */
const meaningful = new Set(['prompts', 'templates', 'variables', 'defaults'])

/** Reads what people wrote. What is wrong is left out of the draft, so that all the rest can be checked in the same go. */
export function readDraft(
  data: unknown,
  isTable: boolean,
): { readonly draft: Draft | null; readonly faults: readonly Fault[] } {
  const whole = authoredSuiteSchema.safeParse(data, { reportInput: true })
  if (whole.success) return { draft: whole.data, faults: [] }
  const faults = faultsOf(whole.error)
  if (typeof data !== 'object' || data === null || !('prompts' in data) || !Array.isArray(data.prompts)) {
    return { draft: null, faults }
  }
  const wrong = wrongParts(faults)
  if ([...wrong.keys].some((key) => meaningful.has(key))) return { draft: null, faults }
  const prompts = data.prompts as readonly unknown[]
  const head = Object.fromEntries(Object.entries(data).filter(([key]) => !wrong.keys.has(key)))
  const rest = authoredSuiteSchema.safeParse({
    ...head,
    prompts: prompts.filter((_, index) => !wrong.prompts.has(index)),
  })
  const told = [...faults, ...unanswered(prompts, wrong, head['defaults']).map((index) => answerFault(index, isTable))]
  return { draft: rest.success ? inPlace(rest.data, prompts.length, wrong) : null, faults: told }
}

interface Wrong {
  /** Of the suite itself. */
  readonly keys: ReadonlySet<string>
  readonly prompts: ReadonlySet<number>
  /** Prompts with a key that nobody knows: it may be meant for the answer. */
  readonly strange: ReadonlySet<number>
}

function wrongParts(faults: readonly Fault[]): Wrong {
  const keys = new Set<string>()
  const prompts = new Set<number>()
  const strange = new Set<number>()
  for (const { path, onKey = false } of faults) {
    const [head, index] = path
    if (head === 'prompts' && typeof index === 'number') {
      prompts.add(index)
      if (onKey && path.length === 3) strange.add(index)
    } else keys.add(String(head))
  }
  return { keys, prompts, strange }
}

/** Prompts that cannot be read, and that lack an answer besides. */
function unanswered(prompts: readonly unknown[], wrong: Wrong, defaults: unknown): readonly number[] {
  const answers = (value: object) => ['grader', 'expected', 'ungraded', 'probe'].some((key) => key in value)
  if (typeof defaults === 'object' && defaults !== null && answers(defaults)) return []
  return [...wrong.prompts].flatMap((index) => {
    const prompt = prompts[index]
    const isTold = wrong.strange.has(index) || typeof prompt !== 'object' || prompt === null || answers(prompt)
    return isTold ? [] : [index]
  })
}

function inPlace(read: AuthoredSuite, total: number, wrong: Wrong): Draft {
  const sound = read.prompts.values()
  return {
    ...read,
    prompts: Array.from({ length: total }, (_, index) =>
      wrong.prompts.has(index) ? null : (sound.next().value ?? null),
    ),
  }
}
