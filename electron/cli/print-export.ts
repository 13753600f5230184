import type { Context } from './context.ts'
import { jsonText } from './render/plain-text.ts'

/**
 * What was exported, to stdout. With --json it is one document whatever the format: JSON as it is, any other text in a field
 * beside what it is the text of.
 */
export function printExport(
  { terminal, json }: Pick<Context, 'terminal' | 'json'>,
  what: object,
  { format, text }: { readonly format: string; readonly text: string },
): Promise<void> {
  const wrapped = json && format !== 'json'
  return wrapped ? terminal.print(jsonText({ ...what, format, text }, 2)) : terminal.printRaw(text)
}
