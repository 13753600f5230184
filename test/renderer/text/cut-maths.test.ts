import { describe, expect, it } from 'vitest'
import { atFormulas, cutMaths, withFormulas } from '../../../renderer/text/formatted/cut-maths.ts'

const texOf = (text: string) => cutMaths(text).formulas.map(({ tex, display }) => (display ? `[${tex}]` : tex))

describe('formulas in a text', () => {
  it.each([
    ['so $x^2$ is', ['x^2']],
    [String.raw`so \(a_1 + b_1\) is`, ['a_1 + b_1']],
    ['\\[\nx = 1\n- 2\n\\]', ['[x = 1\n- 2]']],
    ['$$\nx\n$$', ['[x]']],
    [String.raw`the answer is \boxed{\frac{1}{2}}.`, [String.raw`\boxed{\frac{1}{2}}`]],
    [String.raw`$$\boxed{4}$$`, [String.raw`[\boxed{4}]`]],
    ['\\begin{align}a &= b\\\\\\end{align} x', ['[\\begin{align}a &= b\\\\\\end{align}]']],
    [String.raw`$\$5$ and $a$`, [String.raw`\$5`, 'a']],
  ])('are found with the delimiters that models write: %j', (text, found) => expect(texOf(text)).toEqual(found))

  it.each([
    ['prices', 'from $5 to $10, or $5-$10'],
    ['code', 'see `$x$` and ``\\(y\\)``'],
    ['a block of code', '```\n$x$\n```'],
    ['a block of code without its end', '~~~sh\necho $HOME $PATH$\n'],
    ['escaped dollars', String.raw`\$x\$`],
    ['openings without an end', String.raw`\[ \( \boxed{ $$ \begin{align}`],
    ['two paragraphs', '$a\n\nb$'],
  ])('are not seen in %s', (_what, text) => expect(texOf(text)).toEqual([]))

  it('leave the rest as it was, and can be put back', () => {
    const text = String.raw`*a* $x_1$ and \[y_2\] _b_`
    const cut = cutMaths(text)
    expect(cut.text).not.toContain('x_1')
    expect(withFormulas(cut.text, cut.formulas)).toBe(text)
    expect(atFormulas(cut.text, cut.formulas).filter((part) => typeof part !== 'string')).toHaveLength(2)
  })

  it('are not invented by a text that holds the signs they are kept with', () => {
    expect(atFormulas('\u{e000}0\u{e001}', [])).toEqual([])
    expect(cutMaths('\u{e000}7\u{e001} $x$').formulas).toHaveLength(1)
  })
})
