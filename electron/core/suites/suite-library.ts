import { LabError } from '#shared/domain/error.ts'
import { digest, type SuiteHash } from '#shared/domain/ids.ts'
import { didYouMean } from '#shared/domain/near-words.ts'
import type { HashedSuite, SuiteProblem, SuiteSummary } from '#shared/domain/suite.ts'
import type { SuiteRepository, SuiteText } from '../store/store.ts'
import { freeCopyName, renamedSource, renamedSuite } from './copy-source.ts'
import { exportSuite } from './export-suite.ts'
import { parseSuite, type ParsedSuite } from './parse-suite.ts'

/** All suites and probe packs: what ships with Assay, and what the user wrote, imported or had generated. */
export interface SuiteLibrary {
  list(): Promise<readonly SuiteSummary[]>
  /** By hash or by name; a name means its newest version. @throws LabError NOT_FOUND */
  find(hashOrName: string): Promise<HashedSuite>
  /** One as lists show it, hidden or not. @throws LabError NOT_FOUND */
  summary(hash: SuiteHash): { readonly summary: SuiteSummary; readonly hidden: boolean }
  /**
   * What the user wrote, where that is YAML or JSON; else the canonical form.
   * @throws LabError NOT_FOUND, BAD_REQUEST for what is too large to be edited
   */
  source(hashOrName: string): Promise<EditableText>
  /** Keeps a copy under a free name. */
  duplicate(hashOrName: string): Promise<SuiteSummary>
  /** Parses and keeps. @throws LabError SUITE_INVALID with `data.problems` */
  save(text: SuiteText & { readonly file: string }): SuiteSummary & { readonly notes: readonly SuiteProblem[] }
  keep(suite: HashedSuite): SuiteSummary
  hide(hash: SuiteHash): void
  restore(hash: SuiteHash): void
}

export interface EditableText {
  readonly text: string
  readonly format: 'yaml' | 'json'
}

/** Beyond this a text is no longer for an editor, and YAML refuses it, too. */
const maxEditableChars = 2 * 1024 * 1024

export interface SuiteLibraryDeps {
  readonly repository: SuiteRepository
  readonly loadBundled: () => Promise<readonly HashedSuite[]>
  readonly now: () => number
}

export function createSuiteLibrary({ repository, loadBundled, now }: SuiteLibraryDeps): SuiteLibrary {
  let bundled: Promise<void> | null = null
  /** The shipped files are read when suites are first asked for: not every command needs them. */
  const withBundled = (): Promise<void> => {
    bundled ??= loadBundled().then((suites) => putBundled(repository, suites))
    return bundled
  }
  const known = (hash: SuiteHash) => {
    const found = repository.summary(hash)
    if (found === null) throw notFound(hash, repository)
    return found
  }
  const summaryOf = (hash: SuiteHash): SuiteSummary => known(hash).summary
  const find = async (hashOrName: string): Promise<HashedSuite> => {
    await withBundled()
    const suite = lookUp(repository, hashOrName)
    if (suite === null) throw notFound(hashOrName, repository)
    return suite
  }
  return {
    find,
    async list() {
      await withBundled()
      return repository.list()
    },
    summary: known,
    source: async (hashOrName) => editableSource(repository, await find(hashOrName)),
    async duplicate(hashOrName) {
      const suite = await find(hashOrName)
      const names = new Set(repository.list().map(({ name }) => name))
      const copy = renamedSuite(
        suite,
        freeCopyName(suite.name, (name) => names.has(name)),
      )
      const written = repository.source(suite.hash)
      const text = written?.format === 'yaml' ? renamedSource(written.text, copy) : null
      repository.put(copy, 'user', now())
      if (text !== null) repository.putSource(copy.hash, { text, format: 'yaml' })
      return summaryOf(copy.hash)
    },
    save({ file, ...source }) {
      const parsed = parseSuite({ ...source, file })
      if (parsed.suite === null) throw invalid(file, parsed)
      repository.put(parsed.suite, 'user', now())
      repository.putSource(parsed.suite.hash, source)
      return { ...summaryOf(parsed.suite.hash), notes: [...parsed.notes, ...parsed.advice] }
    },
    keep(suite) {
      repository.put(suite, 'generated', now())
      return summaryOf(suite.hash)
    },
    hide: (hash) => repository.delete(hash),
    restore: (hash) => repository.restore(hash),
  }
}

const leastChars = ({ prompts }: HashedSuite): number =>
  prompts.reduce((sum, { id, text, system }) => sum + id.length + text.length + (system?.length ?? 0), 0)

function editableSource(repository: SuiteRepository, suite: HashedSuite): EditableText {
  const written = repository.source(suite.hash)
  const isWritten = written?.format === 'yaml' || written?.format === 'json'
  if (isWritten && written.text.length <= maxEditableChars) return { text: written.text, format: written.format }
  // Writing YAML is slow: what is too large already without its keys is not tried.
  if (!isWritten && leastChars(suite) <= maxEditableChars) {
    const text = exportSuite(suite, 'yaml')
    if (text.length <= maxEditableChars) return { text, format: 'yaml' }
  }
  throw new LabError('BAD_REQUEST', `The suite ${suite.name} is too large to be edited here.`, {
    hint: 'Export it as JSON Lines, edit the file, and import it again.',
  })
}

/**
 * Puts what ships with Assay, and hides its versions that no longer ship. Where one is hidden so, the version that ships now
 * is shown, which may have been hidden the same way before: then Assay went back to an earlier release.
 */
function putBundled(repository: SuiteRepository, suites: readonly HashedSuite[]): void {
  for (const suite of suites) repository.put(suite, 'bundled', 0)
  const shipped = new Set(suites.map(({ hash }) => hash))
  for (const { hash, name, source, savedAtMs } of repository.list()) {
    // One that its user has saved as well stays: it is theirs, too.
    if (source !== 'bundled' || savedAtMs > 0 || shipped.has(hash)) continue
    repository.delete(hash)
    for (const successor of suites) if (successor.name === name) repository.restore(successor.hash)
  }
}

/** A whole hash, its first digits, or a name. */
function lookUp(repository: SuiteRepository, hashOrName: string): HashedSuite | null {
  if (/^(sha256:)?[0-9a-f]{64}$/.test(hashOrName)) return repository.get(digest(hashOrName) as SuiteHash)
  const byName = repository.byName(hashOrName)
  if (byName !== null || !/^(sha256:)?[0-9a-f]{8,}$/.test(hashOrName)) return byName
  const digits = hashOrName.replace('sha256:', '')
  const found = repository.list().filter(({ hash }) => hash.slice('sha256:'.length).startsWith(digits))
  return found.length === 1 && found[0] !== undefined ? repository.get(found[0].hash) : null
}

function notFound(what: string, repository: SuiteRepository): LabError {
  const near = didYouMean(what, [...new Set(repository.list().map(({ name }) => name))])
  return new LabError('NOT_FOUND', `There is no suite ${what}.`, {
    hint: near ?? 'List the suites to see their names, or import the file.',
  })
}

function invalid(file: string, { problems }: Extract<ParsedSuite, { suite: null }>): LabError {
  const [first] = problems as readonly SuiteProblem[]
  const where = first === undefined ? file : `${file}:${first.line}:${first.column}`
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : ''
  return new LabError('SUITE_INVALID', `${where}: ${first?.message ?? 'not a suite'}${more}.`, {
    hint: first?.expected ? `Expected ${first.expected}.` : 'Mend the text and try again.',
    data: { problems },
  })
}
