import { sentences, type Stretch } from './sentences.ts'

/**
 * Something worth a look in thinking. All three are found by wording alone and say so: they point, they do not count as measures.
 * Offsets are UTF-16 units into the thinking.
 */
export type ThinkingSign =
  /** The sentence begins by taking something back: `start` to `end` is the wording. */
  | (Stretch & { readonly kind: 'self-correction' })
  /** The same again: `times` is how often it stands in all; the stretch is one of the repetitions, or all of them where they touch. */
  | (Stretch & { readonly kind: 'loop'; readonly times: number })
  /** From here on another script: the stretch is the first sentence in it. */
  | (Stretch & { readonly kind: 'language-switch'; readonly from: Script; readonly to: Script })

export const scripts = ['Latin', 'Han', 'Kana', 'Hangul', 'Cyrillic', 'Arabic'] as const
export type Script = (typeof scripts)[number]

const corrections = [
  // "Wait for the bus" takes nothing back.
  String.raw`wait(?=\s*[,.…!?:—-]|\s+(?:a (?:minute|moment|second)|no|but|actually|let|that|maybe|if|is)(?![\p{L}\p{N}]))`,
  'hold on',
  'no,? wait',
  'hmm,? wait',
  'oops',
  'scratch that',
  'correction:',
  'actually,',
  'on second thoughts?',
  String.raw`(?:but |so |and )?(?:that|this)(?:['’]s| is) (?:not right|not correct|wrong|incorrect|a mistake)`,
  String.raw`i (?:have )?(?:made|must have made) (?:a mistake|an error)`,
  String.raw`let(?:['’]s| me| us) (?:re-?(?:check|think|consider|calculate|compute|do|examine|read|verify|evaluate)|double[- ]check|start over|try again|go back)`,
]
const chineseCorrections = [
  '等等',
  '等一下',
  '等下',
  '不对',
  '不對',
  '不，等',
  '我错了',
  '我錯了',
  '我搞错了',
  '我算错了',
  '重新(?:考虑|考慮|计算|計算|检查|檢查|想|看|来|來)',
  '再(?:检查|檢查|想一下|想想|算一遍|仔细|仔細)',
  '让我(?:再|重新)',
  '讓我(?:再|重新)',
]
const correction = new RegExp(
  String.raw`^\s*(?:(?:but|so|and|oh|hmm|no)[,.…]* )?(?:(?:${corrections.join('|')})(?![\p{L}\p{N}])|(?:但|但是|哦|嗯)?[，,]?(?:${chineseCorrections.join('|')}))`,
  'iu',
)

/** True where a text begins by taking back what stood before it. */
export const startsCorrection = (text: string): boolean => correction.test(text.slice(0, 64))

/** All signs of a thinking text, in order. Linear in its length. */
export function findSigns(thinking: string): readonly ThinkingSign[] {
  const parts = sentences(thinking)
  const signs = [...findCorrections(thinking, parts), ...findLoops(thinking, parts), ...findSwitches(thinking, parts)]
  return signs.sort((a, b) => a.start - b.start || a.end - b.end)
}

function findCorrections(thinking: string, parts: readonly Stretch[]): readonly ThinkingSign[] {
  return parts.flatMap(({ start, end }) => {
    const words = correction.exec(thinking.slice(start, Math.min(end, start + 64)))?.[0].trimEnd()
    return words === undefined ? [] : [{ kind: 'self-correction', start, end: start + words.length } as const]
  })
}

/** Shorter sentences repeat without anything being wrong: "Yes.", "好的。". */
const minLoopChars = { latin: 16, han: 7 }
const minRepeats = 3

function findLoops(thinking: string, parts: readonly Stretch[]): readonly ThinkingSign[] {
  const cycles = findCycles(thinking)
  const inCycle = new Uint8Array(thinking.length)
  for (const { start, end } of cycles) inCycle.fill(1, start, end)
  const places = new Map<string, Stretch[]>()
  for (const part of parts) {
    const key = foldSentence(thinking.slice(part.start, part.end))
    const enough = /\p{Script=Han}/u.test(key) ? minLoopChars.han : minLoopChars.latin
    if (key.length < enough) continue
    const before = places.get(key)
    if (before === undefined) places.set(key, [part])
    else before.push(part)
  }
  const repeated = [...places.values()]
    .filter((found) => found.length >= minRepeats)
    .flatMap((found) => found.slice(1).map((part) => ({ kind: 'loop', ...part, times: found.length }) as const))
    .filter(({ start }) => inCycle[start] !== 1)
  return [...cycles, ...repeated]
}

/** Equal sentences are equal in their letters and digits, whatever begins them ("Wait, …", "So …") and whatever stands between. */
function foldSentence(sentence: string): string {
  return sentence
    .toLowerCase()
    .replace(correction, '')
    .replace(/^[\p{P}\s]*(?:so|and|but|then|hmm|wait|那么|所以|然后)[\p{P}\s]+/u, '')
    .replaceAll(/[\p{P}\s]+/gu, ' ')
    .trim()
}

/** Longest cycle looked for, in words; a Han character is a word. */
const maxCycleWords = 24
const minCycleChars = 16
const word = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|[\p{L}\p{N}\p{M}]+/gu

/** Words that follow each other in the same order three times or more without a break. */
function findCycles(thinking: string): readonly Extract<ThinkingSign, { kind: 'loop' }>[] {
  const all = Array.from(thinking.matchAll(word), ({ 0: text, index }) => ({ text: text.toLowerCase(), index }))
  const cycles: Extract<ThinkingSign, { kind: 'loop' }>[] = []
  const taken = new Uint8Array(all.length)
  for (let period = 1; period <= maxCycleWords; period += 1) {
    let same = 0
    for (let at = period; at <= all.length; at += 1) {
      if (at < all.length && all[at]?.text === all[at - period]?.text) {
        same += 1
        continue
      }
      const times = Math.floor(same / period) + 1
      const [first, last] = [all[at - same - period], all[at - 1]]
      if (times >= minRepeats && first !== undefined && last !== undefined && taken[at - 1] === 0) {
        const end = last.index + last.text.length
        if (end - first.index >= minCycleChars) {
          cycles.push({ kind: 'loop', start: first.index, end, times })
          taken.fill(1, at - same - period, at)
        }
      }
      same = 0
    }
  }
  return cycles
}

const scriptPatterns: Readonly<Record<Script, RegExp>> = {
  // A word in Latin letters weighs as much as a character of the others; single letters are variables, not words.
  Latin: /\p{Script=Latin}{2,}/gu,
  Han: /\p{Script=Han}/gu,
  Kana: /[\p{Script=Hiragana}\p{Script=Katakana}]/gu,
  Hangul: /\p{Script=Hangul}/gu,
  Cyrillic: /\p{Script=Cyrillic}{2,}/gu,
  Arabic: /\p{Script=Arabic}{2,}/gu,
}
/** Sentences with less than this say nothing about the language: a name, a formula, a quoted word. */
const minScriptWords = 3

function findSwitches(thinking: string, parts: readonly Stretch[]): readonly ThinkingSign[] {
  const signs: ThinkingSign[] = []
  let before: Script | null = null
  for (const part of parts) {
    const script = scriptOf(thinking.slice(part.start, part.end))
    if (script === null) continue
    if (before !== null && before !== script) signs.push({ kind: 'language-switch', ...part, from: before, to: script })
    before = script
  }
  return signs
}

/** The script that most words of a sentence are in, or null where there is too little to say. */
function scriptOf(sentence: string): Script | null {
  const counts = scripts.map((script) => ({ script, n: sentence.match(scriptPatterns[script])?.length ?? 0 }))
  const all = counts.reduce((sum, { n }) => sum + n, 0)
  // Kana stands among Han characters in every Japanese sentence: where there is enough of it, it decides.
  const kana = counts.find(({ script }) => script === 'Kana')?.n ?? 0
  if (kana >= minScriptWords && kana * 4 >= all) return 'Kana'
  const most = counts.reduce((best, count) => (count.n > best.n ? count : best))
  return most.n >= minScriptWords && most.n * 3 >= all * 2 ? most.script : null
}
