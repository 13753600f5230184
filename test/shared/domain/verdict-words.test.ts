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
    { verdict: 'inconclusive', promptsNeeded: 773, prompts: 200, open: 0 },
    0.02,
    'cannot tell yet (about 570 more prompts)',
  ],
  [
    { verdict: 'inconclusive', promptsNeeded: 201, prompts: 200, open: 0 },
    0.02,
    'cannot tell yet (about 1 more prompt)',
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
] as const)('says %j in words', (judged, margin, words) => {
  const quadrants = { bothRight: 40, lost: 0, gained: 0, bothWrong: 0 }
  expect(verdictLine({ ...judged, quadrants }, margin)).toBe(words)
})

it.each([
  ['inconclusive', 'cannot tell yet'],
  ['pass', 'within 2 points'],
] as const)('says beside %s that nothing could be lost where the reference is right on none', (verdict, words) => {
  const judged = { verdict, promptsNeeded: null, prompts: 60, open: 0 }
  const none = { bothRight: 0, lost: 0, gained: 2, bothWrong: 58 }
  expect(verdictLine({ ...judged, quadrants: none }, 0.02)).toBe(
    `${words} (the reference is right on none: nothing could be lost)`,
  )
  expect(verdictLine({ ...judged, quadrants: { ...none, lost: 1 } }, 0.02)).not.toContain('none')
})
