import type { Prompt, Suite } from '#shared/domain/suite.ts'

/**
 * How many questions of each family the quick suite has; a family of distance pairs counts pairs of three wordings.
 * A third goes to the beacons, whose thin margins show a small disturbance first: expected from the specimen's card are
 * about 4 flips for Q4_K_M, 17 for Q3_K_M and 60 for Q2_K. The rest is spread over what is stable at F16.
 */
const shares: Readonly<Record<string, number>> = {
  beacon: 108,
  add2: 10,
  sub3: 10,
  mul1: 10,
  logic: 10,
  add3: 8,
  mul2: 14,
  zh_arith: 10,
  decimal: 10,
  count: 10,
  day: 8,
  capital: 8,
  zh_capital: 4,
  element: 8,
  zh_element: 4,
  landmark: 4,
  station: 8,
  identity: 4,
  quick_mul: 6,
  unknown: 6,
}

/**
 * Makes the quick suite of the full one: from every family its share, evenly spaced over the family in file order, so
 * that no item was chosen by how any model answers it. All wordings of a chosen pair come along.
 */
export function specimenQuick(full: Suite): Suite {
  const chosen = new Set<Prompt>()
  for (const [family, share] of Object.entries(shares)) {
    const items = itemsOf(full.prompts.filter(({ tags }) => tags['family'] === family))
    for (const item of evenlySpaced(items, share)) for (const prompt of item) chosen.add(prompt)
  }
  return {
    ...full,
    name: 'specimen-quick',
    title: 'Specimen, quick',
    description: `A balanced selection of specimen-full for a first comparison: every family, a third of it beacons, and each distance problem in all three wordings. ${full.description}`,
    prompts: full.prompts.filter((prompt) => chosen.has(prompt)),
  }
}

/** Prompts that share a pair are one item; every other prompt is one of its own. */
function itemsOf(prompts: readonly Prompt[]): readonly (readonly Prompt[])[] {
  return [...Map.groupBy(prompts, ({ pair, id }) => pair ?? id).values()]
}

function evenlySpaced<Item>(items: readonly Item[], share: number): readonly Item[] {
  const count = Math.min(share, items.length)
  return items.filter(
    (_, index) => Math.floor((index * count) / items.length) !== Math.floor(((index + 1) * count) / items.length),
  )
}
