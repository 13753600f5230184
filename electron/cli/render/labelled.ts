import { outcomeWords } from '#shared/domain/label-words.ts'
import { outcomes } from '#shared/domain/words.ts'
import type { LabelledAnswer } from '#shared/contract/views.ts'
import type { View } from './comparison.ts'
import { countedText, missing } from '#shared/domain/figures.ts'
import { plainLine } from './plain-text.ts'
import { table } from './table.ts'
import { foldName } from './variant-labels.ts'

/** Answers made elsewhere, one row each, and how often each label was given. */
export function renderLabelled(answers: readonly LabelledAnswer[], { style }: View): string {
  const rows = answers.map(({ id, label, confidence, needsReview, evidence }) => [
    foldName(plainLine(id), 36),
    outcomeWords[label],
    confidence.toFixed(2),
    needsReview ? style.open('yes') : 'no',
    evidence.length === 0 ? missing : [...new Set(evidence.map(({ kind }) => kind))].join(', '),
  ])
  const heads = [
    { title: 'Id' },
    { title: 'Label' },
    { title: 'Confidence', align: 'right' },
    { title: 'Review' },
    { title: 'Evidence' },
  ] as const
  const counts = outcomes
    .map((outcome) => [outcome, answers.filter(({ label }) => label === outcome).length] as const)
    .filter(([, count]) => count > 0)
    .map(([outcome, count]) => `${outcomeWords[outcome]} ${count}`)
  return `${table(heads, rows, style)}\n\n${countedText(answers.length, 'answer')}: ${counts.join(', ')}`
}
