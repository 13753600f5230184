import type { SuitePreview } from '#shared/contract/views.ts'
import { countPrompts } from '#shared/domain/count-prompts.ts'
import type { HashedSuite } from '#shared/domain/suite.ts'
import { resolvablePoints } from '#shared/stats/power.ts'
import { exportSuite } from '../suites/export-suite.ts'
import { generateSuite } from '../suites/generate/generate-suite.ts'
import { withoutHashes } from '../suites/hash-suite.ts'
import { parseSuite } from '../suites/parse-suite.ts'
import type { HandlerGroup, LabServices } from './lab-services.ts'

type Names =
  | 'suites.list'
  | 'suites.get'
  | 'suites.source'
  | 'suites.check'
  | 'suites.save'
  | 'suites.generate'
  | 'suites.export'
  | 'suites.delete'
  | 'suites.restore'

/** Prompts that a preview shows. */
const previewPrompts = 20

const mediaTypes = {
  yaml: 'application/yaml; charset=utf-8',
  json: 'application/json; charset=utf-8',
  jsonl: 'application/x-ndjson; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
} as const

export function suiteHandlers({ suites }: LabServices): HandlerGroup<Names> {
  return {
    'suites.list': () => suites.list(),
    'suites.get': ({ suite }) => suites.find(suite),
    async 'suites.source'({ suite }) {
      const { text, format } = await suites.source(suite)
      return { text, format: format === 'json' ? 'json' : 'yaml' }
    },
    'suites.check'({ text, format, file }) {
      const parsed = parseSuite({ text, format, file })
      return parsed.suite === null
        ? { problems: parsed.problems, preview: null }
        : { problems: parsed.notes, preview: preview(parsed.suite) }
    },
    'suites.save': ({ text, format, file }) => suites.save({ text, format, file }),
    'suites.generate': ({ template, n, seed, name }) =>
      suites.keep(generateSuite({ template, n, seed, ...(name === undefined ? {} : { name }) })),
    async 'suites.export'({ suite: name, format }) {
      const suite = await suites.find(name)
      return { fileName: `${suite.name}.${format}`, mediaType: mediaTypes[format], text: exportSuite(suite, format) }
    },
    async 'suites.delete'({ suite }) {
      suites.hide((await suites.find(suite)).hash)
      return null
    },
    async 'suites.restore'({ suite }) {
      suites.restore((await suites.find(suite)).hash)
      return null
    },
  }
}

function preview(suite: HashedSuite): SuitePreview {
  const { hash } = suite
  const { prompts, name, version, title, description } = withoutHashes(suite)
  return {
    summary: { hash, name, version, title: title ?? name, description, ...countPrompts(prompts) },
    prompts: prompts.slice(0, previewPrompts),
    resolvablePoints: resolvablePoints(prompts.length),
  }
}
