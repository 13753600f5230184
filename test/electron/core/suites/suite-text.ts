import { parseSuite, type SuiteFormat } from '#core/suites/parse-suite.ts'

export function read(text: string, format: SuiteFormat = 'yaml', file = `my suite.${format}`) {
  return parseSuite({ text, format, file })
}

/** The suite of a text that has no problems. */
export function suiteOf(text: string, format: SuiteFormat = 'yaml') {
  const parsed = read(text, format)
  if (parsed.suite === null) throw new Error(JSON.stringify(parsed.problems))
  return parsed.suite
}

/** `line:column path message` of every problem. */
export function problemsOf(text: string, format: SuiteFormat = 'yaml'): readonly string[] {
  const parsed = read(text, format)
  if (parsed.suite !== null) return []
  return parsed.problems.map(({ line, column, path, message }) => `${line}:${column} ${path} ${message}`)
}
