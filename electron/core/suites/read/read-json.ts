import type { SuiteProblem } from '#shared/domain/suite.ts'
import { suiteLimits } from '#shared/domain/words.ts'
import { locateInJson, scanJson } from './scan-json.ts'
import { createLineIndex, fileProblem, type ReadResult } from './source.ts'

/** Reads a JSON document that keeps its positions. */
export function readJsonSource(text: string, file: string): ReadResult {
  const fault = scanJson(text)
  if (fault !== null) {
    const position = createLineIndex(text)(fault.offset)
    return fileProblem(file, fault.message, {
      ...position,
      ...(fault.expected !== null && { expected: fault.expected }),
    })
  }
  const data = JSON.parse(text) as unknown
  if (Array.isArray(data)) {
    const position = createLineIndex(text)(text.indexOf('['))
    return fileProblem(file, 'found a list', {
      ...position,
      expected: 'an object with the list as prompts: {"prompts": […]}',
    })
  }
  return {
    source: {
      file,
      data,
      locate(places) {
        const position = createLineIndex(text)
        return locateInJson(text, places).map(position)
      },
    },
  }
}

/**
 * Reads JSON Lines: one prompt a line, after an optional first line with what concerns the whole suite (it has `schema`
 * or `name`, and no `text`). Empty lines are skipped.
 */
export function readJsonLinesSource(text: string, file: string): ReadResult {
  const lines: { readonly text: string; readonly line: number }[] = []
  const values: unknown[] = []
  const problems: SuiteProblem[] = []
  for (const [index, content] of text.split('\n').entries()) {
    if (content.trim() === '') continue
    if (problems.length >= suiteLimits.problems) break
    if (values.length + problems.length === 0 && content.trimStart().startsWith('['))
      return listProblem(file, index, content)
    const fault = scanJson(content)
    if (fault !== null) {
      problems.push({
        file,
        line: index + 1,
        column: fault.offset + 1,
        path: '',
        message: fault.message,
        expected: fault.expected,
      })
      continue
    }
    lines.push({ text: content, line: index + 1 })
    values.push(JSON.parse(content))
  }
  if (problems.length > 0) return { problems }
  const [first, ...rest] = values
  const header = isHeader(first) ? first : null
  const skipped = header === null ? 0 : 1
  return {
    source: {
      file,
      data: { ...header, prompts: header === null ? values : rest },
      locate: (places) =>
        places.map((place) => {
          const [head, index, ...inside] = place.path
          const isPrompt = head === 'prompts' && typeof index === 'number'
          const at = lines[isPrompt ? index + skipped : 0]
          if (at === undefined) return { line: 1, column: 1 }
          const [offset = 0] = locateInJson(at.text, [isPrompt ? { ...place, path: inside } : place])
          return { line: at.line, column: offset + 1 }
        }),
    },
  }
}

function listProblem(file: string, index: number, content: string): ReadResult {
  return fileProblem(file, 'the file is one JSON list, not JSON Lines', {
    line: index + 1,
    column: content.indexOf('[') + 1,
    expected: 'one object a line, without brackets around them and commas between them',
  })
}

function isHeader(value: unknown): value is object {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  return (Object.hasOwn(value, 'schema') || Object.hasOwn(value, 'name')) && !Object.hasOwn(value, 'text')
}
