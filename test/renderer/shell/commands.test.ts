import { describe, expect, it } from 'vitest'
import { actions, innerKeys, keyText } from '../../../renderer/actions/actions.ts'
import { matchCommands } from '../../../renderer/shell/commands.ts'
import { keyGroups } from '../../../renderer/shell/keys-sheet.tsx'

const command = (group: string, label: string) => ({ id: `${group}:${label}`, group, label, run: () => {} })
const labels = (text: string, ...commands: readonly ReturnType<typeof command>[]) =>
  matchCommands(commands, text).map(({ label }) => label)

describe('matchCommands', () => {
  it('puts the beginning of a label before that of a word, and that before what stands inside one', () => {
    const all = [command('A', 'Reset it'), command('A', 'New set'), command('A', 'Settings'), command('A', 'Other')]
    expect(labels('set', ...all)).toEqual(['Settings', 'New set', 'Reset it'])
  })

  it('wants every word, in any order, wherever it stands', () => {
    const all = [command('Report', 'HTML'), command('Report', 'JUnit'), command('Save the chart', 'HTML')]
    expect(labels('html report', ...all)).toEqual(['HTML'])
  })

  it('finds what stands under a head by the head, after what is called so itself', () => {
    const all = [command('Go to', 'Last report'), command('Report', 'HTML'), command('Go to', 'Reports')]
    expect(labels('report', ...all)).toEqual(['Reports', 'Last report', 'HTML'])
  })

  it('keeps a group together, in the order it came where nothing is looked for', () => {
    const all = [command('A', 'one'), command('B', 'two'), command('A', 'three')]
    expect(labels('', ...all)).toEqual(['one', 'three', 'two'])
  })
})

describe('the keys', () => {
  it('stand in the sheet, every one of them', () => {
    const told = keyGroups().flatMap(({ lines }) => lines.flatMap(({ keys }) => keys))
    const all = [...Object.values(actions), ...innerKeys].flatMap(({ words }) =>
      Object.values(words).flatMap(([, key]) => (key === undefined ? [] : [keyText(key)])),
    )
    expect(new Set(told)).toEqual(new Set(all))
    expect(told).toEqual(expect.arrayContaining(['F2', 'Del', 'm', 'Ctrl Enter', 'Shift C', 'Ctrl C', 'Esc', '[', ']']))
  })

  it('mean one thing in one place', () => {
    const twice = Object.values(actions).flatMap(({ name, words }) => {
      const keys = Object.values(words).flatMap(([, key]) => key ?? [])
      return keys.filter((key, index) => keys.indexOf(key) !== index).map((key) => `${name} ${key}`)
    })
    // Two sides of one thing: only one of them can be done at a time.
    expect(twice).toEqual(['In variants l', 'In a run Space', 'In a comparison b', 'On a compared prompt b'])
  })
})
