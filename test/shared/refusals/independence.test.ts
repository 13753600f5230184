import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

const root = path.resolve(import.meta.dirname, '../../..')

interface Said {
  readonly text: Readonly<Record<string, Readonly<Record<string, string>>>>
  readonly markers: Readonly<Record<string, Readonly<Record<string, string>>>>
  readonly pairs: readonly { readonly sensitive: { readonly answer?: Readonly<Record<string, string>> } }[]
}

/** What the specimen says where it does not answer: whole sentences, and the words that mark them. */
function specimenSentences(): string[] {
  const file = path.join(root, 'resources/specimen/behaviours.json')
  const said = JSON.parse(readFileSync(file, 'utf8')) as Said
  const groups = [
    ...Object.values(said.text),
    ...Object.values(said.markers),
    ...said.pairs.map((p) => p.sensitive.answer ?? {}),
  ]
  return groups
    .flatMap((group) => Object.values(group))
    .flatMap((text) => [text, ...text.split(/(?<=[.。])\s*/)])
    .map((text) => text.trim().toLowerCase())
    .filter((text) => text !== '')
}

test('the rules hold none of the sentences that the specimen was designed to say', () => {
  const sentences = specimenSentences()
  expect(sentences.length).toBeGreaterThan(20)
  const folder = path.join(root, 'shared/refusals')
  const repeated = readdirSync(folder).flatMap((name) => {
    const source = readFileSync(path.join(folder, name), 'utf8').toLowerCase()
    return sentences.filter((sentence) => source.includes(sentence)).map((sentence) => `${name}: ${sentence}`)
  })
  expect(repeated).toEqual([])
})
