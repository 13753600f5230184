import type { Comparison } from '#shared/domain/comparison.ts'
import { countText, missing } from '#shared/domain/figures.ts'
import type { LostExample, LostPrompts } from '../lost-prompts.ts'
import { html, type Markup } from '../markup.ts'
import { namesOf, referenceName } from '../report-text.ts'
import { nameTag } from './marks.ts'

const longestText = 240

/** What every variant lost, folded; the first prompts of each with both answers. Model output: shown as text, never as markup. */
export function lostLists(comparison: Comparison, lost: readonly LostPrompts[]): Markup {
  const names = namesOf(comparison)
  return html`${lost.map((list) => {
    const variant = comparison.variants.find(({ index }) => index === list.variantIndex)
    if (variant === undefined) return html``
    return lostList(list, nameTag(variant.runVariant, names.get(list.variantIndex) ?? ''), referenceName(comparison))
  })}`
}

function lostList({ promptIds, examples }: LostPrompts, name: Markup, reference: string): Markup {
  const count = `${countText(promptIds.length)} ${promptIds.length === 1 ? 'prompt' : 'prompts'}`
  if (promptIds.length === 0) return html`<p class="lost-none">${name} <small>no prompt lost</small></p>`
  const rest = promptIds.slice(examples.length)
  const more = rest.length === 0 ? null : html`<p class="caption">Also: ${shownIds(rest)}</p>`
  const rows = examples.map((example) => exampleRow(example))
  return html`<details>
    <summary>${name} <small>${count} lost</small></summary>
    <div class="scroll" tabindex="0">
      <table class="texts">
        <thead>
          <tr>
            <th scope="col">Prompt</th>
            <th scope="col">Asked</th>
            <th scope="col">${reference}</th>
            <th scope="col">Here</th>
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>
    </div>
    ${more}
  </details> `
}

function exampleRow({ promptId, prompt, referenceAnswer, variantAnswer }: LostExample): Markup {
  return html`<tr>
    <th scope="row" class="mono"><bdi>${promptId}</bdi></th>
    <td>${clip(prompt)}</td>
    <td class="mono">${answer(referenceAnswer)}</td>
    <td class="mono wrong">${answer(variantAnswer)}</td>
  </tr> `
}

const answer = (text: string | null): Markup =>
  text === null
    ? html`<span class="quiet" title="its text was not kept">${missing}</span>`
    : text === ''
      ? html`<span class="quiet">empty</span>`
      : clip(text)

const clip = (text: string): Markup =>
  text.length <= longestText
    ? html`<bdi>${text}</bdi>`
    : html`<bdi>${text.slice(0, longestText)}</bdi><span class="quiet"> … ${countText(text.length)} characters</span>`

const mostIds = 60

const shownIds = (ids: readonly string[]): string =>
  ids.length <= mostIds
    ? ids.join(', ')
    : `${ids.slice(0, mostIds).join(', ')} and ${countText(ids.length - mostIds)} more`
