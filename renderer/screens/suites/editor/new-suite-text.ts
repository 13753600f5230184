import type { SuiteSummary } from '#shared/domain/suite.ts'

const baseName = 'my prompts'

const textExample = `  - id: second
    text: What is the capital of France?
    expected: Paris
    grader: contains            # finds it in a sentence; without a grader the whole answer has to be Paris
`

/** The text a new suite begins with: one prompt, the given one where there is one. */
export function newSuiteText(prompt: string | null, suites: readonly SuiteSummary[]): string {
  const question = prompt ?? 'What is 6 × 7?'
  const grader =
    prompt === null
      ? '    expected: 42'
      : [
          '    ungraded: true            # only asked; or say what is right:',
          '    # expected: 42',
          '    # or a text, which contains finds in a sentence; without a grader it has to be the whole answer:',
          '    # expected: Paris',
          '    # grader: contains',
        ].join('\n')
  return `# Prompts, and what decides whether an answer is right.
name: ${freeName(suites)}
${question.includes('{{') ? 'templates: false            # {{ and }} are plain text\n' : ''}prompts:
  - id: first
    text: ${yamlText(question)}
${grader}
    # tags: {distance: near}    # benchmark, near or far
${prompt === null ? textExample : ''}`
}

function freeName(suites: readonly SuiteSummary[]): string {
  const taken = new Set(suites.map(({ name }) => name))
  for (let number = 1; ; number++) {
    const name = number === 1 ? baseName : `${baseName} ${number}`
    if (!taken.has(name)) return name
  }
}

/** A text as YAML reads it back: a block where that is plain, else in JSON's quotes, which are YAML's, too. */
function yamlText(text: string): string {
  const isPlain =
    /^[\x21-\x7e\u00a1-\ud7ff\ue000-\ufefe][\x20-\x7e\n\u00a1-\u2027\u202f-\ud7ff\ue000-\ufefe]*\S$/u.test(text)
  if (!text.includes('\n') || !isPlain) return JSON.stringify(text)
  return `|-\n${text
    .split('\n')
    .map((line) => (line === '' ? '' : `      ${line}`))
    .join('\n')}`
}
