import type { Grader } from '../domain/suite.ts'

/** What a grader asks for, in a few words for a table; null where no short text says it (a schema, a judge's criterion is given whole). */
export function expectedText(grader: Grader | undefined): string | null {
  switch (grader?.kind) {
    case undefined:
      return null
    case 'exact':
      return [grader.expected].flat().join(' or ')
    case 'number':
    case 'choice':
    case 'boxed':
      return String(grader.expected)
    case 'contains':
      return containsText(grader)
    case 'regex':
      return `${grader.negate ? 'not ' : ''}/${grader.pattern}/${grader.flags}`
    case 'json-schema':
      return 'JSON of its schema'
    case 'judge':
      return grader.criterion
  }
}

function containsText({ all, any, none }: Extract<Grader, { kind: 'contains' }>): string {
  return [
    ...(all === undefined ? [] : [all.join(' and ')]),
    ...(any === undefined ? [] : [any.join(' or ')]),
    ...(none === undefined ? [] : [`not ${none.join(' nor ')}`]),
  ].join('; ')
}
