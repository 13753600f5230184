import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { escapeText, html, join } from '#core/reports/markup.ts'
import { anyText } from './sample-report.ts'

describe('html', () => {
  it('escapes every piece but markup', () => {
    const piece = html`<b title="${`"'<&>`}">${'<i>'}</b>`
    expect(piece.markup).toBe('<b title="&quot;&#39;&lt;&amp;&gt;">&lt;i&gt;</b>')
    expect(html`<p>${piece}${null}${3}${[html`<br />`, html`<hr />`]}</p>`.markup).toBe(
      `<p>${piece.markup}3<br /><hr /></p>`,
    )
    expect(join([html`<br />`, html`<hr />`], ' ').markup).toBe('<br /> <hr />')
  })

  it('leaves nothing that could end a text, an attribute or a comment', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(escapeText(text)).not.toMatch(/[<>"']/)
        expect(escapeText(text)).not.toMatch(/&(?!(amp|lt|gt|quot|#39);)/)
        expect(escapeText(text).isWellFormed()).toBe(true)
      }),
    )
  })

  it('leaves ordinary text of any script as it is', () => {
    const text = 'naïve 中文 العربية 👩‍🔬 a\tb\nc'
    expect(escapeText(text)).toBe(text)
  })
})
