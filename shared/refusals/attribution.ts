import type { Hit } from './lexicon.ts'
import { isInside, sentenceAt, type Span } from './passages.ts'

/** A hit that stands in quotation marks or is put into somebody's mouth is shown and does not count. */
export interface AttributedHit extends Hit {
  readonly attributed: boolean
}

const enReport =
  '(?:sa(?:ys?|id)|claim(?:s|ed|ing)?|argu(?:es?|ed|ing)|maintain(?:s|ed)|assert(?:s|ed|ing)?|insist(?:s|ed)?|contend(?:s|ed)?|stat(?:es|ed|ing that)|declar(?:es|ed)|announc(?:es|ed)|describ(?:es|ed)|portray(?:s|ed|ing)?|fram(?:es|ed|ing)|present(?:s|ed|ing)|justif(?:y|ies|ied|ying)|consider(?:s|ed)|regard(?:s|ed)|view(?:s|ed)|call(?:s|ed)|labell?(?:s|ed)|den(?:y|ies|ied)|reject(?:s|ed)|dismiss(?:es|ed)|accus(?:es|ed)|emphasi[sz](?:es|ed)|according to|in the words of|officially|official (?:position|narrative|line|rhetoric|discourse|stance|view)|rhetoric|propaganda|narrative|under the (?:guise|pretext|banner) of|in the name of|slogans?|what (?:it|beijing|they) calls?)'

const enAttribution = new RegExp(`\\b${enReport}\\b`, 'g')
const zhAttribution =
  /声称|宣称|坚称|辩称|诡称|自称|称之?为|被称为|官方(?:称|表示|说法|立场|叙事|表述|话语|宣传|口径)|中方(?:称|认为|表示|主张)|北京(?:方面)?(?:称|认为|主张|坚持)|政府(?:称|表示|声称|认为|主张|强调|辩称)|当局(?:称|表示|声称|认为|强调)|主张|据[^,。]{1,10}?(?:称|报道|说)|宣传|口号|名义|借口|叙事|话术|指控|指责|否认|批评者|学者|观察者|有人|被(?:视为|描述|指|塑造)/g

/** "We say", "I believe": the voice of the text itself, no attribution. */
const ownVoice = /\b(?:we|i|our)\s(?:\w+\s)?$|我们?[^,。!?]{0,4}$/
const enWords = 8
const zhReach = 24

/** Marks the hits of state wording that the text does not say in its own voice. */
export function markAttributed(
  text: string,
  hits: readonly Hit[],
  passages: { readonly sentences: readonly Span[]; readonly quotes: readonly Span[] },
): AttributedHit[] {
  return hits.map((hit) => ({
    ...hit,
    attributed:
      isInside(passages.quotes, hit.start) || isReported(text, hit, sentenceAt(passages.sentences, hit.start)),
  }))
}

function isReported(text: string, hit: Hit, sentence: Span): boolean {
  const chinese = hit.id.startsWith('zh')
  const before = text.slice(sentence.start, hit.start)
  const near = chinese ? before.slice(-zhReach) : lastWords(before, enWords)
  for (const { 0: verb, index } of near.matchAll(chinese ? zhAttribution : enAttribution)) {
    if (!ownVoice.test(near.slice(0, index)) && verb !== '') return true
  }
  const after = chinese ? text.slice(hit.end, Math.min(sentence.end, hit.end + 10)) : ''
  return chinese && /^[^,。]{0,6}(?:的(?:说法|叙事|口号|名义|借口|话语|宣传))/.test(after)
}

function lastWords(text: string, count: number): string {
  let at = text.length
  for (let i = 0; i < count && at > 0; i++) at = Math.max(0, text.lastIndexOf(' ', at - 2) + 1)
  return text.slice(at)
}
