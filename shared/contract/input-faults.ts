import type * as z from 'zod'

type Issue = z.core.$ZodIssue

/** What is wrong with an input, in a sentence for each fault that names its field and says what would be right. */
export function inputFaults(error: z.ZodError): string {
  return [...new Set(error.issues.map(sentence))].join(' ')
}

function sentence(issue: Issue): string {
  if (issue.code === 'unrecognized_keys') {
    return `${issue.keys.map((key) => `"${key.slice(0, 60)}"`).join(', ')} is not known here.`
  }
  const name = fieldName(issue.path)
  return `${name.charAt(0).toUpperCase()}${name.slice(1)} ${complaint(issue)}.`
}

/** `context tokens`, `variant 2`: the field as people say it. */
function fieldName(path: readonly PropertyKey[]): string {
  const place = path.findLastIndex((part) => typeof part !== 'number')
  if (place < 0) return 'the input'
  const words = String(path[place])
    .replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
    .trim()
  const index = path[place + 1]
  return typeof index === 'number' ? `${words.replace(/s$/, '')} ${index + 1}` : `the ${words}`
}

function complaint(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'must be given' : `must be ${typeNames[issue.expected] ?? issue.expected}`
    case 'invalid_value':
      return `must be one of ${issue.values.map(String).join(', ')}`
    case 'too_small':
      return tooSmall(issue)
    case 'too_big':
      return `must be ${issue.inclusive === false ? 'less than' : 'at most'} ${measure(issue.maximum, issue.origin)}`
    case 'invalid_format':
      // A pattern says nothing to people: the schema words what it wants.
      return issue.format === 'url' ? 'must be an address such as http://localhost:11434' : issue.message
    default:
      return 'is not understood'
  }
}

function tooSmall({ minimum, inclusive, origin }: Extract<Issue, { code: 'too_small' }>): string {
  const isList = origin === 'string' || origin === 'array'
  if (isList && minimum === 1) return 'must not be empty'
  return `must be ${inclusive === false ? 'more than' : 'at least'} ${measure(minimum, origin)}`
}

/** What zod calls a type, as people say it. */
export const typeNames: Readonly<Record<string, string>> = {
  string: 'text',
  int: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
}

function measure(limit: number | bigint, origin: string): string {
  const unit = origin === 'string' ? 'character' : origin === 'array' ? 'item' : null
  return unit === null ? String(limit) : `${limit} ${unit}${Number(limit) === 1 ? '' : 's'} long`
}
