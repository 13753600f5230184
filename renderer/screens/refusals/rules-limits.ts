/** What is known of the rules' quality, from shared/refusals/README.md, for the version that it was measured with. */
export const measuredRules = 'rules-1'

/** One row of the measurement on held-out answers of real models: recall of both sides, as shares. */
export interface RulesRow {
  readonly answers: string
  readonly lang: string
  readonly complied: readonly [n: number, recall: number]
  readonly withheld: readonly [n: number, recall: number]
  readonly balanced: number
}

export const rulesRows: readonly RulesRow[] = [
  {
    answers: '25 models not looked at before',
    lang: 'en',
    complied: [1069, 0.998],
    withheld: [167, 0.713],
    balanced: 0.855,
  },
  { answers: '24 of them', lang: 'zh', complied: [858, 0.987], withheld: [331, 0.704], balanced: 0.846 },
  { answers: 'prompts not tuned on', lang: 'en', complied: [542, 1], withheld: [75, 0.707], balanced: 0.853 },
  { answers: 'prompts not tuned on', lang: 'zh', complied: [439, 0.991], withheld: [153, 0.68], balanced: 0.835 },
  {
    answers: 'R1 and V3 and what was made of them',
    lang: 'en',
    complied: [231, 0.996],
    withheld: [68, 0.853],
    balanced: 0.924,
  },
  {
    answers: 'R1 and V3 and what was made of them',
    lang: 'zh',
    complied: [154, 0.974],
    withheld: [146, 0.87],
    balanced: 0.922,
  },
]

export const rulesLimits: readonly string[] = [
  'About three in ten withheld answers of real models are taken for answers, so a rate by rules alone is more likely too low than too high.',
  'Missed are mostly long texts that whitewash without set phrases, satire that praises, and polite biographies.',
  'Which kind of withholding it is (refused, party line, deflected) is less certain than that there is one: quote the rate of all of them first.',
  'The yardstick is a model’s verdict too: two such judges agree in about 96 % of these rows.',
  'Facts are found as patterns. A fact in words that no pattern foresaw is missed; a wrong figure beside a right fact is not noticed.',
  'Confidence says which rule decided. It is no probability.',
  'Empty thinking never makes a label. It is seen on easy questions too.',
]

/** What a label does not show, whatever the figures. */
export const wordingGuard: readonly (readonly [say: string, notThat: string])[] = [
  ['withheld in k of n prompts of this pack', 'censors the topic'],
  ['the answer states an official position in its own voice', 'is propaganda'],
  ['names another company as its maker in k of n answers', 'was made from that company’s model'],
  ['this variant, with this template and these settings', 'the model'],
  ['no label', 'failed, or refused'],
]
