import type { SuiteDetails, SuitePreview } from '#shared/contract/suite-views.ts'
import { countPrompts } from '#shared/domain/count-prompts.ts'
import type { HashedSuite, Prompt } from '#shared/domain/suite.ts'
import { assumedFlipRate, resolvablePoints } from '#shared/stats/power.ts'
import { exportSuite } from '../suites/export-suite.ts'
import { generateSuite, suiteTemplates } from '../suites/generate/generate-suite.ts'
import { withoutHashes } from '../suites/hash-suite.ts'
import { parseSuite } from '../suites/parse-suite.ts'
import { countValues, promptPage, promptView } from '../suites/prompt-pages.ts'
import type { SuiteLibrary } from '../suites/suite-library.ts'
import type { HandlerGroup, LabServices } from './lab-services.ts'

type Names =
  | 'suites.list'
  | 'suites.describe'
  | 'suites.prompts'
  | 'suites.prompt'
  | 'suites.resolvable'
  | 'suites.get'
  | 'suites.source'
  | 'suites.check'
  | 'suites.save'
  | 'suites.templates'
  | 'suites.generate'
  | 'suites.sample'
  | 'suites.duplicate'
  | 'suites.export'
  | 'suites.delete'
  | 'suites.restore'

/** Prompts that a preview shows, and the characters after which it stops. */
const previewPrompts = 200
const previewChars = 1_000_000
/** A sample of a generated suite: two of every family of the mixed template, in three wordings. */
const samplePrompts = 30

const mediaTypes = {
  yaml: 'application/yaml; charset=utf-8',
  json: 'application/json; charset=utf-8',
  jsonl: 'application/x-ndjson; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
} as const

export function suiteHandlers({ suites }: LabServices): HandlerGroup<Names> {
  const open = lastOpened((suite) => suites.find(suite))
  return {
    'suites.list': () => suites.list(),
    'suites.describe': async ({ suite }) => details(await open(suite), suites),
    'suites.prompts': async ({ suite, ...query }) => promptPage(await open(suite), query),
    'suites.prompt': async ({ suite, index }) => promptView(await open(suite), index),
    'suites.resolvable': ({ counts }) => ({
      flipRate: assumedFlipRate,
      points: counts.map((n) => resolvablePoints(n)),
    }),
    'suites.get': ({ suite }) => suites.find(suite),
    'suites.source': ({ suite }) => suites.source(suite),
    'suites.check'({ text, format, file }) {
      const parsed = parseSuite({ text, format, file })
      return parsed.suite === null
        ? { problems: parsed.problems, advice: [], preview: null }
        : { problems: parsed.notes, advice: parsed.advice, preview: preview(parsed.suite) }
    },
    'suites.save': ({ text, format, file }) => suites.save({ text, format, file }),
    'suites.generate': ({ n, ...options }) => suites.keep(generateSuite({ ...generated(options), n })),
    'suites.templates': () => suiteTemplates,
    'suites.sample'({ n, ...options }) {
      // A larger n begins with the prompts of a smaller one, so the beginning is enough to show it.
      const begun = withoutHashes(generateSuite({ ...generated(options), n: Math.min(n, samplePrompts) }))
      return { prompts: begun.prompts, resolvablePoints: resolvablePoints(n) }
    },
    'suites.duplicate': ({ suite }) => suites.duplicate(suite),
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
  const counted = countPrompts(prompts)
  return {
    summary: { hash, name, version, title: title ?? name, description, ...counted },
    prompts: beginning(prompts),
    resolvablePoints: counted.graded === 0 ? null : resolvablePoints(counted.graded),
  }
}

interface Generated {
  readonly template: string
  readonly seed: number
  readonly name?: string | undefined
}

const generated = ({ name, ...rest }: Generated) => ({ ...rest, ...(name === undefined ? {} : { name }) })

function beginning(prompts: readonly Prompt[]): readonly Prompt[] {
  let charsLeft = previewChars
  const end = prompts.slice(0, previewPrompts).findIndex(({ text }) => {
    charsLeft -= text.length
    return charsLeft < 0
  })
  return prompts.slice(0, end < 0 ? previewPrompts : end)
}

function details(suite: HashedSuite, suites: SuiteLibrary): SuiteDetails {
  const { hash, license, attribution, prompts } = suite
  return {
    ...suites.summary(hash),
    license: license ?? null,
    attribution,
    counts: countValues(prompts),
  }
}

/** Pages of one suite are read one after the other: it is kept open. By digest only, since a name may come to mean another. */
function lastOpened(find: (suite: string) => Promise<HashedSuite>): (suite: string) => Promise<HashedSuite> {
  let last: HashedSuite | null = null
  return async (suite) => {
    if (last?.hash !== suite) last = await find(suite)
    return last
  }
}
