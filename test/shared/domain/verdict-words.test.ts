import { expect, it } from 'vitest'
import { verdictLine } from '#shared/domain/verdict-words.ts'

it.each([
  [{ verdict: 'pass', promptsNeeded: null, prompts: 300, open: 0 }, 0.02, 'within 2 points'],
  [{ verdict: 'fail', promptsNeeded: null, prompts: 300, open: 0 }, 0.01, 'worse than 1 point'],
  [
    { verdict: 'inconclusive', promptsNeeded: 1234, prompts: 312, open: 0 },
    0.02,
    'cannot tell yet (about 920 more prompts)',
  ],
  [
    { verdict: 'inconclusive', promptsNeeded: 250, prompts: 300, open: 0 },
    0.02,
    'cannot tell yet (about 1 more prompt)',
  ],
  [
    { verdict: 'inconclusive', promptsNeeded: null, prompts: 300, open: 0 },
    0.02,
    'cannot tell yet (the loss seen is too close to the margin)',
  ],
  [{ verdict: 'pass', promptsNeeded: null, prompts: 152, open: 188 }, 0.02, 'within 2 points so far'],
  [{ verdict: 'fail', promptsNeeded: null, prompts: 152, open: 188 }, 0.02, 'worse than 2 points so far'],
  [{ verdict: 'inconclusive', promptsNeeded: 1234, prompts: 152, open: 188 }, 0.02, 'cannot tell yet'],
  [{ verdict: null, promptsNeeded: null, prompts: 0, open: 0 }, 0.02, null],
] as const)('says %j in words', (judged, margin, words) => expect(verdictLine(judged, margin)).toBe(words))
