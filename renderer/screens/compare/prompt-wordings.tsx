import type { AnsweredCell, Wording } from '#shared/contract/compare-views.ts'
import { countText } from '#shared/domain/figures.ts'
import { routeHash } from '../../routing/route.ts'
import { Region } from '../../ui/region.tsx'
import { choiceQuery } from './compare-query.ts'
import { RightOrWrong } from './grade-badge.tsx'
import type { OnePrompt } from './prompt-screen.tsx'
import styles from './prompt.module.css'
import { nameOf } from './shown-variants.ts'

/** The same item in other words, and how the prompt's family went. */
export function PromptWordings(props: OnePrompt) {
  const { view, comparison, shown, variant, choice, run, promptIndex } = props
  const family = view.prompt.tags['family'] ?? null
  const words = family === null ? null : familyWords(props, family)
  if (view.wordings.length < 2) {
    return words === null ? null : <p className={styles['family']}>{words}</p>
  }
  const [reference, other] = [nameOf(shown, comparison.reference), nameOf(shown, variant)]
  return (
    <Region
      title={`The same item in ${view.wordings.length} wordings`}
      hint={`pair ${view.prompt.pair ?? ''}`}
      line
      flush
      className={styles['wordings'] ?? ''}
    >
      <table className={styles['table']}>
        <thead>
          <tr>
            <th scope="col">Prompt id</th>
            <th scope="col">Tag</th>
            <th scope="col">Prompt</th>
            <th scope="col" title={reference.name}>
              {reference.brief}
            </th>
            <th scope="col" title={other.name}>
              {other.brief}
            </th>
          </tr>
        </thead>
        <tbody>
          {view.wordings.map((wording) => (
            <tr key={wording.promptIndex} data-picked={wording.promptIndex === promptIndex || undefined}>
              <th scope="row" className="mono">
                <a
                  href={routeHash('compare', [run.id, 'prompt', wording.promptIndex], {
                    ...choiceQuery(choice),
                    variant,
                  })}
                  aria-current={wording.promptIndex === promptIndex || undefined}
                >
                  {wording.promptId}
                </a>
              </th>
              <td>{wording.tags['distance'] ?? wording.lang}</td>
              <td className={styles['wording']} title={wording.text} lang={wording.lang}>
                {wording.text}
              </td>
              <td>
                <Answered cell={cellOf(wording, comparison.reference)} />
              </td>
              <td>
                <Answered cell={cellOf(wording, variant)} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {words !== null && <p className={styles['family']}>{words}</p>}
    </Region>
  )
}

const cellOf = ({ cells }: Wording, index: number): AnsweredCell | null =>
  cells.find(({ variantIndex }) => variantIndex === index) ?? null

function Answered({ cell }: { readonly cell: AnsweredCell | null }) {
  if (cell === null || cell.tokens === null) return <span className="hint">not run</span>
  return (
    <span className="row">
      <span className="mono clip" title={cell.found ?? undefined}>
        {cell.found ?? '-'}
      </span>
      <RightOrWrong correct={cell.correct} />
    </span>
  )
}

function familyWords({ comparison, shown, variant }: OnePrompt, family: string): string | null {
  const group = comparison.byTag.find(({ tag, value }) => tag === 'family' && value === family)
  if (group === undefined) return null
  const right = (index: number) => {
    const figures = group.variants.find((each) => each.index === index)
    return figures === undefined
      ? '-'
      : `${nameOf(shown, index).brief} ${countText(figures.correct)} of ${countText(figures.n)}`
  }
  return `Right in the family ${family}: ${right(comparison.reference)}, ${right(variant)}.`
}
