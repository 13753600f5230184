/**
 * A field that a spreadsheet would take for a formula, behind white space, controls and in full width too. papaparse's own pattern
 * lets one through that holds a line break.
 */
export const formulaText = /^[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠]|^[\t\r\n]/u

/** The same text, with an apostrophe before it where a spreadsheet would run it. */
export const withoutFormula = (text: string): string => (formulaText.test(text) ? `'${text}` : text)
