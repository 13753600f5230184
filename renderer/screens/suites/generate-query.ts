import type { SuiteTemplate } from '#shared/contract/suite-views.ts'

/** The choices of an address, as they are written, and what they mean where they make sense. */
export interface GenerateQuery {
  readonly template: string
  readonly n: string
  readonly seed: string
  readonly defaultName: string
  readonly problems: { readonly n: string | null; readonly seed: string | null }
  readonly input: {
    readonly template: string
    readonly n: number
    readonly seed: number
    readonly name?: string
  } | null
}

const mostPrompts = 100_000
/** Enough to tell a loss of about four points. */
const usualPrompts = '400'

export function readGenerateQuery(
  query: Readonly<Record<string, string>>,
  templates: readonly SuiteTemplate[],
): GenerateQuery {
  const { template: wanted, n = usualPrompts, seed = '1', name = '' } = query
  const template = templates.find(({ id }) => id === wanted)?.id ?? templates[0]?.id ?? ''
  const [prompts, drawn] = [wholeNumber(n), wholeNumber(seed)]
  const problems = {
    n: prompts === null || prompts < 1 || prompts > mostPrompts ? 'A whole number from 1 to 100 000.' : null,
    seed: drawn === null ? 'A whole number, 0 or more.' : null,
  }
  const isSound = template !== '' && problems.n === null && problems.seed === null
  return {
    template,
    n,
    seed,
    defaultName: `${template}-${n}-${seed}`,
    problems,
    input:
      isSound && prompts !== null && drawn !== null
        ? { template, n: prompts, seed: drawn, ...(name.trim() !== '' && { name: name.trim() }) }
        : null,
  }
}

function wholeNumber(text: string): number | null {
  const value = /^\s*\d{1,15}\s*$/.test(text) ? Number(text) : null
  return value !== null && Number.isSafeInteger(value) ? value : null
}
