import { StyleModule } from 'style-mod'

const sheets = new Map<StyleModule, CSSStyleSheet>()

/**
 * CodeMirror writes its rules into a style element, which the page's policy refuses; sheets that a script makes are allowed. Modules
 * come in the order of their weight, the weightiest last.
 */
export function adoptStyles(): void {
  if (!('adoptedStyleSheets' in document) || typeof CSSStyleSheet.prototype.replaceSync !== 'function') return
  StyleModule.mount = (root, modules) => {
    const list = 'length' in modules ? modules : [modules]
    const ours = new Set(sheets.values())
    for (const one of list) if (!sheets.has(one)) sheets.set(one, sheetOf(one))
    const others = root.adoptedStyleSheets.filter((sheet) => !ours.has(sheet))
    root.adoptedStyleSheets = [...others, ...list.flatMap((one) => sheets.get(one) ?? [])]
  }
}

function sheetOf(module: StyleModule): CSSStyleSheet {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(module.getRules())
  return sheet
}
