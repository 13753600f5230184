import { describe, expect, it } from 'vitest'
import { problemsOf, suiteOf } from './suite-text.ts'

describe('variables', () => {
  it('fill text, system, grader and tags, each list crossed with the others', () => {
    const suite = suiteOf(`variables: {unit: [km, m], unused: [1, 2]}
prompts:
  - id: far
    text: 'How far in {{unit}} at {{ speed }}? {{{unit}}} & <b>'
    system: 'Use {{unit}}.'
    grader: {kind: contains, all: ['{{speed}}']}
    tags: {family: 'f-{{unit}}'}
    vars: {speed: [10, 20]}`)
    expect(suite.prompts.map(({ id }) => id)).toEqual(['far/1', 'far/2', 'far/3', 'far/4'])
    expect(suite.prompts[1]).toMatchObject({
      text: 'How far in km at 20? km & <b>',
      system: 'Use km.',
      tags: { family: 'f-km' },
      grader: { all: ['20'] },
    })
    expect(suite.prompts[2]?.text).toMatch(/in m at 10/)
  })

  it('go together where vars is a list of objects, and name the items where the id holds one', () => {
    const suite = suiteOf(`prompts:
  - id: 'capital-{{country}}'
    text: Capital of {{country}}?
    expected: '{{city}}'
    vars: [{country: France, city: Paris}, {country: Italy, city: Rome}]`)
    expect(suite.prompts.map(({ id, grader }) => [id, grader?.kind === 'exact' && grader.expected])).toEqual([
      ['capital-France', 'Paris'],
      ['capital-Italy', 'Rome'],
    ])
  })

  it('stay text with templates: false', () => {
    expect(suiteOf('templates: false\nprompts: [{text: "\\\\frac{{x}}{2}", ungraded: true}]').prompts[0]?.text).toBe(
      '\\frac{{x}}{2}',
    )
  })

  it('are named with their place when unknown, unused or more than a name', () => {
    expect(problemsOf('prompts:\n  - id: a\n    text: Hello {{name}}')).toEqual([
      '3:11 prompts[0].text unknown variable {{name}}',
    ])
    expect(problemsOf('prompts:\n  - text: "{{a}}"\n    vars:\n      a: 1\n      b: 2')).toEqual([
      '5:10 prompts[0].vars.b the variable b is not used in this prompt',
    ])
    expect(problemsOf('prompts:\n  - text: "{{#a}}x{{/a}}"\n    vars: {a: 1}')[0]).toMatch(
      /^2:11 prompts\[0\]\.text only \{\{name\}\}/,
    )
    expect(problemsOf('prompts:\n  - text: "{{a"')[0]).toMatch(/^2:11 prompts\[0\]\.text /)
  })

  it('cannot be inherited from where they were never given', () => {
    expect(problemsOf('prompts:\n  - text: "{{constructor}} {{toString}} {{__proto__}}"')).toHaveLength(3)
  })

  it('cannot blow a small file up', () => {
    const ten = JSON.stringify(Array.from({ length: 10 }, (_, index) => index))
    const names = Array.from({ length: 12 }, (_, index) => `v${index}`)
    const vars = names.map((name) => `${name}: ${ten}`).join(', ')
    expect(
      problemsOf(`prompts:\n  - text: "${names.map((name) => `{{${name}}}`).join('')}"\n    vars: {${vars}}`),
    ).toEqual(['3:5 prompts[0].vars the variables make more than 200000 prompts'])
    const long = 'x'.repeat(100_000)
    expect(problemsOf(`variables: {a: ${long}}\nprompts:\n  - text: "${'{{a}}'.repeat(1000)}"`)[0]).toMatch(
      /^3:11 .* has 100000000 characters/,
    )
    expect(
      problemsOf(
        `variables: {a: ${long}, n: ${JSON.stringify(Array.from({ length: 1000 }, (_, i) => i))}}\nprompts:\n  - text: "{{a}}{{n}}"\n    ungraded: true`,
      )[0],
    ).toMatch(/^3:11 .* more than 67108864 characters/)
  })
})
