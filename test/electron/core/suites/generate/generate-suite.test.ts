import { describe, expect, it } from 'vitest'
import { dayNumber, dayOf, weekdayOf, weekdays } from '#core/suites/generate/calendar.ts'
import { generateSuite, suiteTemplates } from '#core/suites/generate/generate-suite.ts'
import { grade, prepareGraders } from '#shared/grading/grade.ts'
import type { HashedPrompt } from '#shared/domain/suite.ts'

const expectedOf = (prompt: HashedPrompt): string => {
  if (prompt.grader?.kind !== 'number' && prompt.grader?.kind !== 'choice') throw new Error('another grader')
  return String(prompt.grader.expected)
}

/** Prompts of a template in one wording, with their numbers in order of appearance. */
function sampleOf(template: string, distance: string, n = 900) {
  const prompts = generateSuite({ template, n, seed: 11 }).prompts.filter(({ tags }) => tags['distance'] === distance)
  return prompts.map((prompt) => ({
    prompt,
    expected: expectedOf(prompt),
    numbers: prompt.text.match(/\d+(?:\.\d+)?/g)?.map(Number) ?? [],
  }))
}

const months = 'January February March April May June July August September October November December'.split(' ')
const utcDays = (text: string): readonly number[] =>
  [...text.matchAll(/(\d+) ([A-Z][a-z]+) (\d{4})/g)].map(
    ([, day, month, year]) => Date.UTC(Number(year), months.indexOf(month ?? ''), Number(day)) / 86_400_000,
  )

describe('a generated suite', () => {
  it.each(suiteTemplates.map(({ id }) => id))(
    'of %s has exactly n prompts, no text and no id twice, and no problem twice',
    (template) => {
      const { prompts } = generateSuite({ template, n: 2000, seed: 5 })
      expect(prompts).toHaveLength(2000)
      expect(new Set(prompts.map(({ text }) => text)).size).toBe(2000)
      expect(new Set(prompts.map(({ id }) => id)).size).toBe(2000)
      const byPair = [...Map.groupBy(prompts, ({ pair }) => pair).values()]
      expect(byPair).toHaveLength(Math.ceil(2000 / 3))
      for (const wordings of byPair.slice(0, -1)) {
        expect(wordings.map(({ tags }) => tags['distance'])).toEqual(['benchmark', 'near', 'far'])
        expect(new Set(wordings.map(({ grader }) => JSON.stringify(grader))).size).toBe(1)
      }
    },
  )

  it('is the same for the same seed, another for another, and begins like a shorter one', () => {
    const make = (n: number, seed: number) => generateSuite({ template: 'mixed', n, seed, name: 'same' })
    expect(make(60, 1).hash).toBe(make(60, 1).hash)
    expect(make(60, 1).hash).not.toBe(make(60, 2).hash)
    expect(make(60, 1).prompts).toEqual(make(300, 1).prompts.slice(0, 60))
    // Pinned: a change of the generators must come with a new version.
    expect([make(60, 1).version, make(60, 1).prompts[0]?.text]).toMatchInlineSnapshot(`
      [
        "1",
        "What is 5055 + 8785 + 4870? Give the final number alone on the last line.",
      ]
    `)
  })

  it('can be large', () => {
    expect(generateSuite({ template: 'letters', n: 20_000, seed: 1 }).prompts).toHaveLength(20_000)
  })

  it('is answered right by its own answer, stated on the last line', async () => {
    const { prompts } = generateSuite({ template: 'mixed', n: 300, seed: 2 })
    await prepareGraders(prompts.map(({ grader }) => grader))
    for (const prompt of prompts) {
      if (prompt.grader === undefined) throw new Error('no grader')
      const answer = `First we look at 7 things, and at Vera and Monday.\n\n${expectedOf(prompt)}`
      expect(grade(prompt.grader, answer, { thinkState: 'normal', endReason: 'stop' })).toMatchObject({ correct: true })
    }
  })

  it('is refused for unknown templates and bad names', () => {
    expect(() => generateSuite({ template: 'poems', n: 3, seed: 1 })).toThrow(/no suite template poems/)
    expect(() => generateSuite({ template: 'units', n: 3, seed: 1, name: '/' })).toThrow(/cannot be generated/)
  })
})

describe('the answers', () => {
  it('of arithmetic are those of the expression in the benchmark wording', () => {
    for (const { prompt, expected, numbers } of sampleOf('arithmetic', 'benchmark')) {
      const [a = 0, b = 0, c = 0] = numbers
      const value = prompt.text.includes('remainder')
        ? a % b
        : /- \d+ ×/.test(prompt.text)
          ? a - b * c
          : prompt.text.includes('×')
            ? a * b
            : prompt.text.includes(' - ')
              ? a - b
              : a + b + c
      expect([prompt.text, String(value)]).toEqual([prompt.text, expected])
    }
  })

  it('of letter counting are those of a count in the quoted text', () => {
    for (const { prompt, expected } of sampleOf('letters', 'benchmark')) {
      const [, letter = '', text = ''] = /letter "(.)" occur in .*? "([^"]+)"/.exec(prompt.text) ?? []
      expect([prompt.text, String(text.split(letter).length - 1)]).toEqual([prompt.text, expected])
    }
  })

  it('of dates are those of another calendar', () => {
    for (const { prompt, expected } of sampleOf('dates', 'benchmark')) {
      const [start = 0, end] = utcDays(prompt.text)
      const later = Number(/(\d+) days later/.exec(prompt.text)?.[1])
      const weekday = new Date((start + later) * 86_400_000).toLocaleDateString('en-GB', {
        weekday: 'long',
        timeZone: 'UTC',
      })
      expect([prompt.text, end === undefined ? weekday : String(end - start)]).toEqual([prompt.text, expected])
    }
  })

  it('of logic follow from the sentences alone, in every wording', () => {
    const higher = /(\w+) is (?:older|taller|faster|richer) than (\w+)/g
    for (const { prompt, expected } of sampleOf('logic', 'benchmark')) {
      const told = [...prompt.text.matchAll(higher)].map(([, a = '', b = '']) => [a, b] as const)
      const names = [...new Set(told.flat())]
      const rank = (name: string): number =>
        told.filter(([, b]) => b === name).reduce((most, [a]) => Math.max(most, rank(a) + 1), 0)
      const order = names.toSorted((a, b) => rank(a) - rank(b))
      expect(new Set(order.map(rank)).size).toBe(names.length)
      const [, place = '', end = ''] = /Who is the (second |third )?(\w+) of/.exec(prompt.text) ?? []
      const index = ['', 'second ', 'third '].indexOf(place)
      const answer = /oldest|tallest|fastest|richest/.test(end) ? order[index] : order.at(-1 - index)
      expect([prompt.text, answer]).toEqual([prompt.text, expected])
    }
  })

  it('of units follow from the definitions', () => {
    const factors: Record<string, number> = {
      kilometres: 1e6,
      metres: 1000,
      millimetres: 1,
      kilograms: 1000,
      grams: 1,
      litres: 1000,
      millilitres: 1,
      weeks: 604_800,
      hours: 3600,
      minutes: 60,
      seconds: 1,
      yards: 36,
      feet: 12,
      inches: 1,
      pounds: 16,
      ounces: 1,
    }
    for (const { prompt, expected, numbers } of sampleOf('units', 'benchmark')) {
      const [, large = '', small = ''] = /[\d.]+ (\w+) and \d+ (\w+)/.exec(prompt.text) ?? []
      const [amount = 0, extra = 0] = numbers
      const answer = (amount * (factors[large] ?? 0)) / (factors[small] ?? 0) + extra
      expect([prompt.text, answer]).toEqual([prompt.text, Number(expected)])
    }
  })

  it('of no template are guessed by always saying the same', () => {
    for (const template of ['arithmetic', 'letters', 'dates', 'logic', 'units']) {
      const { prompts } = generateSuite({ template, n: 2000, seed: 6 })
      const answers = [...Map.groupBy(prompts, expectedOf).values()].map(({ length }) => length / prompts.length)
      expect([template, Math.max(...answers) < 0.3]).toEqual([template, true])
    }
  })

  it('need the same numbers and names in all wordings', () => {
    for (const template of ['arithmetic', 'dates', 'units', 'logic']) {
      const { prompts } = generateSuite({ template, n: 300, seed: 4 })
      for (const wordings of Map.groupBy(prompts, ({ pair }) => pair).values()) {
        const [benchmark, ...others] = wordings
        for (const token of benchmark?.text.match(/\d+(?:\.\d+)?|\b(?:Amina|Bruno|Clara|Hugo|Otto|Vera|Zora)\b/g) ??
          []) {
          for (const other of others) expect(other.text).toContain(token)
        }
      }
    }
  })
})

describe('the calendar', () => {
  it('agrees with Date on every day of two centuries and around centuries far off', () => {
    for (
      let number = dayNumber({ year: 1899, month: 12, day: 28 });
      number < dayNumber({ year: 2101, month: 3, day: 3 });
      number++
    ) {
      const date = new Date(number * 86_400_000)
      const day = { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() }
      if (dayNumber(day) !== number || JSON.stringify(dayOf(number)) !== JSON.stringify(day))
        throw new Error(JSON.stringify(day))
      if (weekdayOf(number) !== weekdays[(date.getUTCDay() + 6) % 7])
        throw new Error(`weekday of ${JSON.stringify(day)}`)
    }
    expect(dayNumber({ year: 1, month: 1, day: 1 })).toBe(-719_162)
    expect(dayOf(dayNumber({ year: 2400, month: 2, day: 29 }) + 1)).toEqual({ year: 2400, month: 3, day: 1 })
    expect(dayOf(dayNumber({ year: 2100, month: 2, day: 28 }) + 1)).toEqual({ year: 2100, month: 3, day: 1 })
  })
})
