import { normalise } from './normalise.ts'

/** What a text is written in. `other` is any language that the rules have no words for; `none` has no letters. */
export type Language = 'en' | 'zh-Hans' | 'zh-Hant' | 'other' | 'none'

const han = /\p{Script=Han}/gu
const latinWord = /[\p{Script=Latin}\p{M}'’]+/gu
const otherLetter = /[^\P{L}\p{Script=Han}\p{Script=Latin}]/gu

/** Function words that hardly any other language in Latin letters shares. */
const english = new Set(
  (
    'the and of to is are was were that this with for from it its not as by have has had been which they their what why how ' +
    "who when where about would should could there you your my we our i be an or but if than into i'm can cannot can't don't"
  ).split(' '),
)

/** Simplified forms whose Traditional form differs: their presence says which script a text is written in. */
const simplifiedOnly =
  /[国这们个为来时说对会发经现动过还进没见问学实产业义无间关应该变权员结总条领认设选举东车马风飞龙书长门开张华术机构战军队极区单卖亲爱乐边达运历压厅县参双从仓价众优传伤备复够头夺妇孙宁宝审宪宽层岁岛币师带帮广庆库废录归当护报担据损换显术样桥检业欢欧毕气汇汉决况净减沟泽济浓测满灭灵点热环独狱现画疗监盖码确离种积称稳穷竞笔简类红约级纪纯纳纸线组细织终绍给统续维绿网罗职联肃脑节艺苏药虽补装规观视觉览讨训议讯记许论诉词译试诗话诚详语误请诸课谁调谈谢象财责败货质购贸费资赛赞赶趋转轮软轻载较辑输边迁运连违远适选遗邮释钟钱铁银锁错键长闻队阳阴阶际陆陈难顶项须顾预领频题额颜风饭饮馆驻验骗鱼鲜鸟麦黄齐]/gu

export function countHan(text: string): number {
  return text.match(han)?.length ?? 0
}

export function countWords(text: string): number {
  return text.match(latinWord)?.length ?? 0
}

/** Language and, for Chinese, script. A Han character weighs as much as a word in Latin letters. */
export function detectLanguage(text: string): Language {
  const hanCount = countHan(text)
  const words = text.match(latinWord) ?? []
  const others = text.match(otherLetter)?.length ?? 0
  if (hanCount + words.length + others === 0) return 'none'
  // Five letters of an alphabet that we do not read weigh as much as a word; kana beside Han characters mean Japanese.
  const foreign = others / 5
  if (foreign > Math.max(hanCount / 4, words.length)) return 'other'
  if (hanCount > words.length) return chineseScript(text)
  if (words.length < 12) return words.length === 0 ? 'none' : 'en'
  const known = words.filter((word) => english.has(word.toLowerCase().replace('’', "'"))).length
  return known / words.length >= 0.05 ? 'en' : 'other'
}

function chineseScript(text: string): 'zh-Hans' | 'zh-Hant' {
  const simple = normalise(text).text
  const original = text.normalize('NFKC').match(han) ?? []
  const converted = simple.match(han) ?? []
  let traditional = 0
  if (original.length === converted.length)
    for (const [i, character] of original.entries()) if (character !== converted[i]) traditional++
  return traditional > (text.match(simplifiedOnly)?.length ?? 0) ? 'zh-Hant' : 'zh-Hans'
}

/** `zh` for both scripts. Question languages come as BCP 47 tags. */
export function baseLanguage(tag: string): string {
  return tag.split('-')[0]?.toLowerCase() ?? ''
}
