import Papa from 'papaparse'
import { stringify } from 'yaml'
import type { Grader, HashedSuite, Prompt } from '#shared/domain/suite.ts'
import { withoutHashes } from './hash-suite.ts'
import { withFormulaGuard } from './import-table.ts'

export type ExportFormat = 'yaml' | 'json' | 'jsonl' | 'csv'

/**
 * Writes a suite so that `parseSuite` reads the same suite again, hash included. CSV holds the prompts only: what
 * concerns the whole suite, its name included, is not in the table.
 */
export function exportSuite(suite: HashedSuite, format: ExportFormat): string {
  const { prompts, ...head } = withoutHashes(suite)
  const compact = prompts.map(compactPrompt)
  const header = { ...head, ...(JSON.stringify(compact).includes('{{') && { templates: false }) }
  switch (format) {
    case 'yaml':
      return stringify({ ...header, prompts: compact }, { lineWidth: 0, aliasDuplicateObjects: false })
    case 'json':
      return `${JSON.stringify({ ...header, prompts: compact }, null, 2)}\n`
    case 'jsonl':
      return [header, ...compact].map((line) => `${JSON.stringify(line)}\n`).join('')
    case 'csv':
      return toTable(compact)
  }
}

type CompactPrompt = Record<string, unknown> & Pick<Prompt, 'id' | 'text'>

/** A prompt without what its defaults say anyway. */
function compactPrompt(prompt: Prompt): CompactPrompt {
  const { grader, lang, tags, ...rest } = prompt
  return {
    ...rest,
    ...(grader !== undefined && { grader: compactGrader(grader) }),
    ...(grader === undefined && prompt.probe === undefined && { ungraded: true }),
    ...(lang !== 'en' && { lang }),
    ...(Object.keys(tags).length > 0 && { tags }),
  }
}

const graderDefaults: Readonly<Record<string, unknown>> = {
  ignoreCase: false,
  tolerance: 0,
  relativeTolerance: 0,
  flags: '',
  negate: false,
}

function compactGrader(grader: Grader): Record<string, unknown> {
  return Object.fromEntries(Object.entries(grader).filter(([key, value]) => graderDefaults[key] !== value))
}

function toTable(prompts: readonly CompactPrompt[]): string {
  const tagNames = [...new Set(prompts.flatMap(({ tags }) => Object.keys((tags ?? {}) as object)))].toSorted()
  const fields = ['id', 'text', 'system', 'grader', 'lang', 'pair', 'probe', ...tagNames.map((name) => `tag:${name}`)]
  const rows = prompts.map((prompt) => {
    const tags = (prompt['tags'] ?? {}) as Record<string, string>
    const cells = prompt['ungraded'] === true ? { ...prompt, grader: 'none' } : prompt
    return fields.map((field) =>
      cell(field.startsWith('tag:') ? tags[field.slice(4)] : cells[field as keyof typeof cells]),
    )
  })
  return `${Papa.unparse({ fields, data: rows }, { newline: '\r\n' })}\r\n`
}

function cell(value: unknown): string {
  if (value === undefined) return ''
  return withFormulaGuard(typeof value === 'string' ? value : JSON.stringify(value))
}
