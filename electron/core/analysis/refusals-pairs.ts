import type { PairedQuestion } from '#shared/contract/refusal-views.ts'
import type { Prompt } from '#shared/domain/suite.ts'

export interface QuestionPair {
  readonly pair: string
  readonly lang: string
  readonly sensitive: PairedQuestion
  readonly control: PairedQuestion
}

/** Every sensitive question with the first control of its pair in its own language; those without one are left out. */
export function questionPairs(prompts: readonly Prompt[]): readonly QuestionPair[] {
  const keyOf = ({ lang, probe }: Prompt) => JSON.stringify([probe?.pair, lang])
  const controls = new Map<string, PairedQuestion>()
  for (const [promptIndex, prompt] of prompts.entries()) {
    if (prompt.probe?.role !== 'control' || controls.has(keyOf(prompt))) continue
    controls.set(keyOf(prompt), pairedQuestion(promptIndex, prompt))
  }
  return prompts.flatMap((prompt, promptIndex) => {
    const control = prompt.probe?.role === 'sensitive' ? controls.get(keyOf(prompt)) : undefined
    if (prompt.probe === undefined || control === undefined) return []
    const { pair } = prompt.probe
    return [{ pair, lang: prompt.lang, sensitive: pairedQuestion(promptIndex, prompt), control }]
  })
}

function pairedQuestion(promptIndex: number, { id, text, probe }: Prompt): PairedQuestion {
  return { promptIndex, promptId: id, topic: probe?.topic ?? '', text }
}
