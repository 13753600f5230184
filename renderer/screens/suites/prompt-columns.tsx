import type { SuiteDetails, SuitePromptRow } from '#shared/contract/suite-views.ts'
import { RoleMark } from '../../ui/badge.tsx'
import type { Column } from '../../ui/grid-column.ts'
import { langOf } from './lang-of.ts'

type Shown = SuiteDetails['counts']

/** Columns of a list of prompts: those that say the same of every prompt are left out. */
export function promptColumns({ distance, lang, role, family, grader }: Shown): readonly Column<SuitePromptRow>[] {
  const hasProbes = role.some(({ value }) => value !== 'none')
  const hasGraders = grader.some(({ value }) => value !== 'none')
  const all: readonly (Column<SuitePromptRow> | false)[] = [
    {
      key: 'id',
      title: 'Id',
      width: 'minmax(84px, 150px)',
      sort: 'id',
      order: ({ id }) => id,
      text: ({ id }) => id,
      cell: ({ id }) => <span className="mono quiet">{id}</span>,
    },
    distance.length > 0 && {
      key: 'distance',
      title: 'Distance',
      width: '92px',
      sort: 'distance',
      order: ({ tags }) => tags['distance'] ?? null,
      text: ({ tags }) => tags['distance'] ?? '-',
    },
    hasProbes && {
      key: 'role',
      title: 'Role',
      width: '92px',
      text: ({ role: own }) => own ?? '-',
      cell: ({ role: own }) => (own === null ? '-' : <RoleMark role={own} />),
    },
    lang.length > 1 && { key: 'lang', title: 'Lang', width: '76px', text: ({ lang: own }) => own },
    {
      key: 'text',
      title: 'Prompt',
      width: 'minmax(160px, 1fr)',
      sort: 'length',
      order: ({ text }) => text.length,
      text: ({ text }) => text,
      cell: ({ text, lang: own }) => <span lang={langOf(own)}>{text}</span>,
    },
    hasGraders && {
      key: 'expected',
      title: 'Expected',
      width: '72px',
      align: 'end',
      text: ({ expected }) => expected ?? '-',
      cell: ({ expected }) => <span className="mono">{expected ?? '-'}</span>,
    },
    hasGraders && {
      key: 'grader',
      title: 'Grader',
      width: '84px',
      sort: 'grader',
      order: ({ grader }) => grader,
      text: ({ grader }) => grader ?? 'none',
      cell: ({ grader }) => <span className="quiet">{grader ?? 'none'}</span>,
    },
    !hasProbes &&
      family.length > 1 && {
        key: 'family',
        title: 'Family',
        width: '92px',
        text: ({ tags }) => tags['family'] ?? '-',
        cell: ({ tags }) => <span className="quiet">{tags['family'] ?? '-'}</span>,
      },
  ]
  return all.filter((column) => column !== false)
}
