import type { SuiteProblem } from '#shared/domain/suite.ts'
import { graderOfAsserts } from './promptfoo-asserts.ts'
import { readJsonSource } from './read/read-json.ts'
import { readYamlSource } from './read/read-yaml.ts'
import { fileProblem, toProblems, type DocumentPath, type Fault, type ReadResult, type Source } from './read/source.ts'
import { fill, parseTemplate } from './template.ts'

type Fields = Readonly<Record<string, unknown>>
type Values = Readonly<Record<string, string>>

/** Parts of a config that would change what is asked or what counts as right, and that Assay has no counterpart for. */
const unsupportedParts = ['scenarios', 'transform', 'derivedMetrics', 'redteam', 'nunjucksFilters', 'extensions']
const maxItems = 200_000

interface Import {
  readonly prompts: { readonly prompt: Fields; readonly origin: DocumentPath }[]
  readonly notes: Fault[]
}

/**
 * Reads the prompts, tests, vars and asserts of a promptfoo config. A test is taken over whole or not at all: one with
 * an assert, a file or a template that Assay cannot honour is left out and named in the notes, never half graded.
 */
export function importPromptfoo(text: string, file: string): ReadResult & { readonly notes?: readonly SuiteProblem[] } {
  const read = text.trimStart().startsWith('{') ? readJsonSource(text, file) : readYamlSource(text, file)
  if (!('source' in read)) return read
  if (read.problems !== undefined && read.problems.length > 0) return { problems: read.problems }
  const { source } = read
  const config = fieldsOf(source.data)
  if (config === null || config['prompts'] === undefined) {
    return fileProblem(file, 'this is no promptfoo config', { expected: 'prompts, and tests with vars and assert' })
  }
  const found: Import = { prompts: [], notes: [] }
  for (const part of unsupportedParts) {
    if (config[part] !== undefined) found.notes.push(note([part], `${part} are not taken over`))
  }
  const prompts = promptsOf(config['prompts'], found.notes)
  const shared = fieldsOf(config['defaultTest']) ?? {}
  const tests = config['tests'] ?? [{}]
  if (!Array.isArray(tests))
    found.notes.push(note(['tests'], 'only tests listed in the config are taken over', 'a list'))
  for (const [index, test] of (Array.isArray(tests) ? tests : []).entries()) {
    importTest({ shared, prompts, found }, test, index)
    if (found.prompts.length > maxItems)
      return fileProblem(file, `more than ${maxItems} prompts`, { expected: 'fewer values' })
  }
  const notes = toProblems(source, found.notes)
  if (found.prompts.length === 0)
    return notes.length > 0 ? { problems: notes } : fileProblem(file, 'there are no tests')
  const { description } = config
  return { source: sourceOf(source, found, description), notes }
}

function sourceOf(source: Source, { prompts }: Import, description: unknown): Source {
  const head = typeof description === 'string' ? { description } : {}
  return {
    file: source.file,
    data: { ...head, templates: false, prompts: prompts.map(({ prompt }) => prompt) },
    locate: (places) =>
      source.locate(
        places.map(({ path: [head_, index, ...rest], ...place }) => ({
          ...place,
          path: head_ === 'prompts' && typeof index === 'number' ? [...(prompts[index]?.origin ?? []), ...rest] : [],
        })),
      ),
  }
}

interface PromptTemplate {
  readonly text: string
  readonly system: string | null
  readonly label: string | null
}

function promptsOf(value: unknown, notes: Fault[]): readonly PromptTemplate[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value]
  return list.flatMap((item, index) => {
    const path = Array.isArray(value) ? ['prompts', index] : ['prompts']
    const fields = fieldsOf(item)
    const raw = fields === null ? item : (fields['raw'] ?? fields['prompt'])
    const label = fields?.['label'] ?? fields?.['id']
    const template = typeof raw === 'string' ? promptOf(raw, typeof label === 'string' ? label : null) : null
    if (template === null) {
      notes.push(
        note(
          path,
          'this prompt is not taken over',
          'text in the config: no file, no function, at most a system and a user message',
        ),
      )
    }
    return template === null ? [] : [template]
  })
}

function promptOf(raw: string, label: string | null): PromptTemplate | null {
  if (/^(?:file|exec|package|https?):\/\//.test(raw) || /\.(?:txt|md|json|ya?ml|[cm]?[jt]s|py|csv|j2)$/.test(raw))
    return null
  if (!/^\s*\[\s*\{/.test(raw)) return { text: raw, system: null, label }
  const messages = jsonList(raw)?.map(fieldsOf)
  const [first, second, ...more] = messages ?? []
  const contents = [first?.['content'], second?.['content']]
  if (more.length > 0) return null
  if (first?.['role'] === 'user' && second === undefined && typeof contents[0] === 'string') {
    return { text: contents[0], system: null, label }
  }
  const isPair = first?.['role'] === 'system' && second?.['role'] === 'user'
  return isPair && typeof contents[0] === 'string' && typeof contents[1] === 'string'
    ? { text: contents[1], system: contents[0], label }
    : null
}

function jsonList(text: string): readonly unknown[] | null {
  try {
    const value: unknown = JSON.parse(text)
    return Array.isArray(value) ? (value as readonly unknown[]) : null
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

interface TestContext {
  readonly shared: Fields
  readonly prompts: readonly PromptTemplate[]
  readonly found: Import
}

function importTest({ shared, prompts, found }: TestContext, test: unknown, index: number): void {
  const path = ['tests', index]
  const own = fieldsOf(test)
  if (own === null) {
    found.notes.push(note(path, 'this test is not taken over', 'vars and assert in the config'))
    return
  }
  const unsupported = ['provider', 'options', 'threshold'].find(
    (key) => own[key] !== undefined || shared[key] !== undefined,
  )
  if (unsupported !== undefined) {
    found.notes.push(note([...path, unsupported], `this test sets ${unsupported}, so it is not taken over`))
    return
  }
  const rows = valuesOf({ ...fieldsOf(shared['vars']), ...fieldsOf(own['vars']) })
  if (rows === null) {
    found.notes.push(
      note(
        [...path, 'vars'],
        'these vars are not taken over',
        'texts, numbers, and lists of them; no files, at most 10 000 combinations',
      ),
    )
    return
  }
  const asserts = [...listOf(shared['assert']), ...listOf(own['assert'])]
  const made: Import['prompts'] = []
  for (const [row, values] of rows.entries()) {
    for (const [number, template] of prompts.entries()) {
      const id = [
        't',
        index + 1,
        rows.length > 1 ? `/${row + 1}` : '',
        prompts.length > 1 ? `@${template.label ?? number + 1}` : '',
      ].join('')
      const prompt = fillPrompt({ template, values, asserts, own, id })
      if (typeof prompt === 'string') {
        found.notes.push(note(path, `this test is not taken over: ${prompt}`))
        return
      }
      made.push({ prompt, origin: path })
    }
  }
  found.prompts.push(...made)
}

interface PromptParts {
  readonly template: PromptTemplate
  readonly values: Values
  readonly asserts: readonly unknown[]
  readonly own: Fields
  readonly id: string
}

/** One prompt in authored form, or a sentence that says what stands against it. */
function fillPrompt({ template, values, asserts, own, id }: PromptParts): Fields | string {
  try {
    const grader = graderOfAsserts(asserts, (text) => render(text, values))
    if (typeof grader === 'string') return grader
    const { description } = own
    return {
      id,
      text: render(template.text, values),
      ...(template.system !== null && { system: render(template.system, values) }),
      ...(grader === null ? { ungraded: true } : { grader }),
      ...(typeof description === 'string' && { tags: { description } }),
    }
  } catch (error) {
    if (error instanceof RangeError) return error.message
    throw error
  }
}

/** Fills in `{{ name }}`. Anything more of Nunjucks is refused. */
function render(text: string, values: Values): string {
  if (text.includes('{%') || text.includes('{#')) throw new RangeError('its template uses more than {{ name }}')
  const template = parseTemplate(text)
  for (const part of template.parts) {
    if ('variable' in part && !Object.hasOwn(values, part.variable)) {
      throw new RangeError(
        `its template asks for {{${part.variable.slice(0, 50)}}}, which has no value or is more than a name`,
      )
    }
  }
  return fill(template, values)
}

/** Every combination of listed values, or null where there are too many or a value is no plain one. */
function valuesOf(vars: Fields): readonly Values[] | null {
  let rows: readonly Values[] = [{}]
  for (const [name, value] of Object.entries(vars)) {
    const texts = listOf(value).map(plainText)
    if (texts.some((text) => text === null) || rows.length * texts.length > 10_000) return null
    rows = rows.flatMap((row) => texts.map((text) => ({ ...row, [name]: text ?? '' })))
  }
  return rows
}

function plainText(value: unknown): string | null {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  return typeof value === 'string' && !value.startsWith('file://') ? value : null
}

const listOf = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? (value as readonly unknown[]) : value === undefined || value === null ? [] : [value]

function fieldsOf(value: unknown): Fields | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null
}

const note = (path: DocumentPath, message: string, expected: string | null = null): Fault => ({
  path,
  message,
  expected,
})
