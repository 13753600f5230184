import type { PromptView } from '#shared/contract/views.ts'
import { countText, threeDigits } from '#shared/domain/figures.ts'
import { routeHash } from '../../routing/route.ts'
import { Region } from '../../ui/region.tsx'
import { choiceQuery } from './compare-query.ts'
import { GradeBadge } from './grade-badge.tsx'
import { parting } from './prompt-query.ts'
import type { OnePrompt } from './prompt-screen.tsx'
import styles from './prompt.module.css'
import { nameOf } from './shown-variants.ts'
import { VariantTag } from './variant-tag.tsx'

type PromptCell = PromptView['cells'][number]

/** What every variant made of the prompt; a row puts its variant into the right pane. */
export function PromptVariants(props: OnePrompt) {
  const { run, comparison, view, choice, prompt, shown, variant } = props
  const base = view.cells.find((cell) => cell.variantIndex === comparison.reference) ?? null
  const indexes = choice.blind ? [...shown.keys()] : comparison.variants.map(({ index }) => index)
  const reference = nameOf(shown, comparison.reference)
  const samples = run.samples > 1 ? `sample ${prompt.sample + 1} of ${run.samples}` : '1 sample'
  return (
    <Region
      title="All variants of this prompt"
      hint={`${samples}, arm ${comparison.arm}, temperature ${run.spec.sampling.temperature}`}
      line
      flush
    >
      <table className={styles['table']}>
        <thead>
          <tr>
            <th scope="col">Variant</th>
            <th scope="col" className="num">
              Found
            </th>
            <th scope="col">Grade</th>
            <th scope="col" className="num">
              Thinking
            </th>
            <th scope="col" className="num">
              Answer
            </th>
            <th scope="col" className="num">
              Tokens/s
            </th>
            <th scope="col" title={choice.blind ? undefined : reference.name}>
              {choice.blind ? 'Text' : `Against ${reference.brief}`}
            </th>
          </tr>
        </thead>
        <tbody>
          {indexes.map((index) => (
            <VariantRow
              key={index}
              {...props}
              index={index}
              cell={view.cells.find((cell) => cell.variantIndex === index) ?? null}
              base={base}
              picked={index === variant}
            />
          ))}
        </tbody>
      </table>
    </Region>
  )
}

function VariantRow({
  run,
  comparison,
  choice,
  promptIndex,
  prompt,
  shown,
  index,
  cell,
  base,
  picked,
}: OnePrompt & {
  readonly index: number
  readonly cell: PromptCell | null
  readonly base: PromptCell | null
  readonly picked: boolean
}) {
  const isReference = index === comparison.reference
  const tag = <VariantTag series={nameOf(shown, index)} />
  const href = routeHash('compare', [run.id, 'prompt', promptIndex], {
    ...choiceQuery(choice),
    variant: index,
    view: prompt.view === 'diff' ? undefined : prompt.view,
    sample: prompt.sample === 0 ? undefined : prompt.sample,
  })
  if (cell === null || cell.cell.state === 'pending') {
    return (
      <tr data-picked={picked || undefined}>
        <th scope="row">{tag}</th>
        <td colSpan={6} className="hint">
          has not run yet
        </td>
      </tr>
    )
  }
  const { tokens, thinkingTokens, tokensPerSecond } = cell.cell
  return (
    <tr data-picked={picked || undefined}>
      <th scope="row">
        {isReference ? (
          tag
        ) : (
          <a href={href} aria-current={picked || undefined}>
            {tag}
          </a>
        )}
      </th>
      <td className="num mono clip">
        <Found cell={cell} />
      </td>
      <td>
        <GradeBadge cell={cell} />
      </td>
      <td className="num">{thinkingTokens === null ? '-' : countText(thinkingTokens)}</td>
      <td className="num">{tokens === null || thinkingTokens === null ? '-' : countText(tokens - thinkingTokens)}</td>
      <td className="num">
        {choice.blind || tokensPerSecond === null ? (
          <span title={choice.blind ? 'Hidden while blind' : 'The engine did not say'}>-</span>
        ) : (
          threeDigits(tokensPerSecond)
        )}
      </td>
      <td className="quiet">{isReference && !choice.blind ? '-' : againstWords(cell, base)}</td>
    </tr>
  )
}

function againstWords(cell: PromptCell, base: PromptCell | null): string {
  if (base === null || base.raw === '') return '-'
  if (cell.raw === base.raw) return 'same text'
  const first = parting(base, cell)
  return first === null ? 'same words' : `parts in the ${first.part}, word ${countText(first.word)}`
}

/** What the grader found, else the beginning of the answer in a quieter voice. */
function Found({ cell }: { readonly cell: PromptCell }) {
  const found = cell.grade?.kind === 'graded' ? cell.grade.found : null
  const answer = cell.answer.trim()
  if (found !== null) return <span title={found}>{found}</span>
  if (answer === '') return <span title="There is no answer">-</span>
  return (
    <span className="quiet" title={`Nothing found; the answer: ${answer}`}>
      {answer.slice(0, 80)}
    </span>
  )
}
