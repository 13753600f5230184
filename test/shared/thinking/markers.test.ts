import { describe, expect, it } from 'vitest'
import { findSigns, type ThinkingSign } from '#shared/thinking/markers.ts'

const found = <K extends ThinkingSign['kind']>(kind: K, thinking: string) =>
  findSigns(thinking)
    .filter((sign): sign is Extract<ThinkingSign, { kind: K }> => sign.kind === kind)
    .map((sign) => ({ ...sign, text: thinking.slice(sign.start, sign.end) }))

describe('self-correction', () => {
  it.each([
    ['It is 270. Wait, that was before 9:30.', 'Wait'],
    ['It is 270.\n\nHold on. The train left earlier.', 'Hold on'],
    ['So 1551. No, wait: 1541.', 'No, wait'],
    ['It is B. Actually, the chain is reversed.', 'Actually,'],
    ['The sum is 12. But that’s not right, 7+6 is 13.', 'But that’s not right'],
    ['Done. Let me double-check the carry.', 'Let me double-check'],
    ['Let me recalculate this.', 'Let me recalculate'],
    ['答案是五。等等，应该是六。', '等等'],
    ['首都是南京。不对，是北京。', '不对'],
    ['首都是南京。讓我重新想。', '讓我重新'],
  ])('is found in %j', (thinking, text) => {
    expect(found('self-correction', thinking).map((sign) => sign.text)).toEqual([text])
  })

  it.each([
    'Wait for the bus at nine.',
    'The waiting room is full. Waiters bring soup.',
    'She is actually right.',
    'I cannot wait, said Anna.',
    'Corrections are due on Friday.',
    'Letters are counted.',
    '他在等等候室的门。',
  ])('is not seen in %j', (thinking) => {
    expect(found('self-correction', thinking)).toEqual([])
  })
})

describe('loop', () => {
  it('marks each repetition of a sentence that stands three times, whatever stands between', () => {
    const thinking =
      'The first train already moved 40 km. Hmm, 310. Wait, the first train already moved 40 km. So 270. ' +
      'Wait, the first train already moved 40 km.'
    expect(found('loop', thinking).map(({ times, text }) => [times, text])).toEqual([
      [3, 'Wait, the first train already moved 40 km.'],
      [3, 'Wait, the first train already moved 40 km.'],
    ])
  })

  it('marks words that go round without a full stop as one', () => {
    const loops = found('loop', `Beacon Heron ${'green t it '.repeat(6)}and out`)
    expect(loops).toHaveLength(1)
    expect(loops[0]).toMatchObject({ times: 6, text: 'green t it '.repeat(6).trim() })
  })

  it('sees Chinese that goes round', () => {
    expect(found('loop', '我需要想想这个问题。'.repeat(4))).toMatchObject([{ times: 4 }])
  })

  it.each(['Yes. Yes. Yes. No.', 'The first train leaves. The second train leaves.', '1, 2, 3, 4, 5, 6, 7, 8, 9'])(
    'is not seen in %j',
    (thinking) => {
      expect(found('loop', thinking)).toEqual([])
    },
  )
})

describe('language switch', () => {
  it('names both scripts and marks the first sentence of the new one', () => {
    const thinking = 'The user asks for the capital. 日本的首都是东京。这很简单。 So the answer is Tokyo.'
    expect(found('language-switch', thinking).map(({ from, to, text }) => [from, to, text])).toEqual([
      ['Latin', 'Han', '日本的首都是东京。'],
      ['Han', 'Latin', 'So the answer is Tokyo.'],
    ])
  })

  it.each([
    'The word 北京 means northern capital. It has two characters.',
    '我用 Python 写这个函数。然后调用 print 两次。',
    'Compute x = 3. 4 + 5 = 9. The sum is nine of them.',
    '東京は日本の首都です。人口はとても多いです。',
  ])('is not seen in %j', (thinking) => {
    expect(found('language-switch', thinking)).toEqual([])
  })
})

describe('findSigns', () => {
  it('gives signs in the order of the text', () => {
    const thinking = 'It is five. 等等，不对，应该是六个。 Wait, this is English again.'
    const starts = findSigns(thinking).map(({ start }) => start)
    expect(starts).toEqual(starts.toSorted((a, b) => a - b))
    expect(starts.length).toBeGreaterThanOrEqual(3)
  })
})
