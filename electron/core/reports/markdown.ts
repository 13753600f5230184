import type { Comparison } from '#shared/domain/comparison.ts'
import { bytesText, countText, intervalText, measuredValueText, missing, pValueText } from '#shared/domain/figures.ts'
import { verdictLine } from '#shared/domain/verdict-words.ts'
import { visible } from './markup.ts'
import { repeatCommand } from './repeat-command.ts'
import type { ReportInput } from './report-input.ts'
import { engineText, headline, limits, methods, namesOf, settings } from './report-text.ts'

/** The comparison for a README, an issue or a wiki. */
export function markdownText(input: ReportInput): string {
  const { arms, run } = input
  const [{ comparison }] = arms
  return [
    `# Run ${run.id}: ${inline(run.name)}`,
    ...arms.flatMap((arm) => armParts(arm.comparison, arms.length === 1)),
    '## Method',
    methods(input)
      .map((line) => `- ${inline(line)}`)
      .join('\n'),
    '## What this does not show',
    limits(comparison)
      .map((line) => `- ${inline(line)}`)
      .join('\n'),
    '## Run',
    table(
      ['Setting', 'Value'],
      [...settings(input), { name: 'Engines', value: engineText(input).join(', ') || missing }].map(
        ({ name, value }) => [name, value],
      ),
    ),
    table(
      ['Variant', 'Digest'],
      comparison.variants.map(({ index, runVariant }) => [
        namesOf(comparison).get(index) ?? '',
        runVariant.variant.digest,
      ]),
    ),
    '## Again',
    codeBlock(repeatCommand(run)),
    `Assay ${inline(input.assayVersion)}, ${new Date(input.createdAtMs).toISOString().slice(0, 10)}`,
  ]
    .filter((part) => part !== null)
    .join('\n\n')
    .concat('\n')
}

/** What one arm came to. */
function armParts(comparison: Comparison, onlyArm: boolean): readonly (string | null)[] {
  const { notes } = comparison
  const level = onlyArm ? '##' : '###'
  return [
    ...(onlyArm ? [] : [`## Arm ${inline(comparison.arm)}`]),
    inline(headline(comparison)),
    table(
      resultHead,
      comparison.variants.map((variant) => resultRow(comparison, variant)),
    ),
    ...leftOut(comparison),
    noiseFloorLine(comparison),
    ...tagTables(comparison, level),
    ...(notes.length === 0 ? [] : [`${level} Notes`, notes.map((note) => `- ${inline(note)}`).join('\n')]),
  ]
}

const resultHead = [
  'Variant',
  'Verdict',
  'Accuracy, % [95 %]',
  'Loss, points [95 %]',
  'Lost',
  'Gained',
  'McNemar p',
  'n',
  'Tokens/s',
  'Size',
  'Bits/weight',
]

function resultRow(comparison: Comparison, variant: Comparison['variants'][number]): readonly string[] {
  const { index, accuracy, difference, quadrants, mcnemarP, n, tokensPerSecond, runVariant } = variant
  const { sizeBytes, precision } = runVariant.variant
  const isReference = index === comparison.reference
  return [
    namesOf(comparison).get(index) ?? '',
    isReference ? 'reference' : (verdictLine(variant, comparison.margin) ?? '- (no prompt graded under both)'),
    intervalText(accuracy),
    intervalText(difference, 'plus'),
    quadrants === null ? missing : countText(quadrants.lost),
    quadrants === null ? missing : countText(quadrants.gained),
    pValueText(mcnemarP),
    countText(n),
    tokensPerSecond === null ? missing : measuredValueText(tokensPerSecond),
    bytesText(sizeBytes),
    precision.bitsPerWeight === null ? missing : precision.bitsPerWeight.toFixed(2),
  ]
}

function leftOut(comparison: Comparison): readonly string[] {
  const names = namesOf(comparison)
  const lines = comparison.variants
    .filter(({ errors, ungradable }) => errors + ungradable > 0)
    .map(
      ({ index, errors, ungradable }) =>
        `${names.get(index)}: ${countText(errors)} cells failed, ${countText(ungradable)} answers could not be graded; left out.`,
    )
  return lines.map(inline)
}

function noiseFloorLine({ noiseFloor }: Comparison): string | null {
  if (noiseFloor === null) return null
  const { flips, pairs, flipRate, identicalTexts } = noiseFloor
  return `Noise floor: between two passes of the reference ${countText(flips)} of ${countText(pairs)} answers flipped (${intervalText(flipRate)} %); ${countText(identicalTexts)} texts were identical.`
}

function tagTables(comparison: Comparison, level: string): readonly string[] {
  if (comparison.byTag.length === 0) return []
  const names = namesOf(comparison)
  const others = comparison.variants.filter(({ index }) => index !== comparison.reference)
  const rows = comparison.byTag.map(({ tag, value, variants }) => [
    `${tag} ${value}`,
    countText(variants.find(({ index }) => index === comparison.reference)?.n ?? 0),
    ...others.map(({ index }) =>
      intervalText(variants.find((variant) => variant.index === index)?.difference ?? null, 'plus'),
    ),
  ])
  const head = ['Prompts', 'n', ...others.map(({ index }) => names.get(index) ?? '')]
  return [`${level} Loss by tag, points [95 %]`, table(head, rows, 1)]
}

/** The first `texts` columns hold words and stand left, the others figures. */
function table(head: readonly string[], rows: readonly (readonly string[])[], texts = 2): string {
  const line = (cells: readonly string[]) => `| ${cells.map(inline).join(' | ')} |`
  const rule = head.map((_, column) => (column < texts ? '---' : '---:'))
  return [line(head), `| ${rule.join(' | ')} |`, ...rows.map(line)].join('\n')
}

/** Text that Markdown and the HTML inside it leave as it is, on one line. */
const inline = (text: string): string =>
  visible(text)
    .replace(/\s+/g, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/[\\`*_[\]|~#!]/g, '\\$&')
    .replace(/\b(https?|ftp|mailto):/gi, '$1&#58;')
    .replace(/\bwww\./gi, 'www&#46;')
    .replaceAll('@', '&#64;')

/** Fenced by more backticks than the text holds in a row. */
function codeBlock(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}sh\n${visible(text)}\n${fence}`
}
