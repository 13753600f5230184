import junitModule, { type Builder, type TestSuite } from 'junit-report-builder'
import type { Comparison, VariantComparison } from '#shared/domain/comparison.ts'
import { intervalText, marginText, pValueText } from '#shared/domain/figures.ts'
import type { Run } from '#shared/domain/run.ts'
import { verdictLine } from '#shared/domain/verdict-words.ts'
import { visible } from './markup.ts'
import type { ArmReport, ReportInput } from './report-input.ts'
import { namesOf } from './report-text.ts'

// Its types say `export default`, its code says `module.exports =`.
const junit = junitModule as unknown as Builder

const mostIdsListed = 200

/**
 * One test suite a variant and arm with two cases: that its loss stays within the margin, and that every cell ran. A failed verdict is a
 * failure; an open one is skipped, with what it would take in the output; cells that failed are an error.
 */
export function junitText(input: ReportInput): string {
  const { run, arms } = input
  const builder = junit.newBuilder().name(xmlText(`assay run ${run.id}: ${run.name}`))
  for (const arm of arms) {
    for (const variant of arm.comparison.variants)
      addVariant(builder, run, { arm, variant, onlyArm: arms.length === 1 })
  }
  return builder.build()
}

interface Compared {
  readonly arm: ArmReport
  readonly variant: Comparison['variants'][number]
  readonly onlyArm: boolean
}

function addVariant(builder: Builder, run: Run, { arm, variant, onlyArm }: Compared): void {
  const { comparison } = arm
  const names = namesOf(comparison)
  const variantName = names.get(variant.index) ?? `variant ${variant.index}`
  const name = xmlText(onlyArm ? variantName : `${variantName}, ${comparison.arm} arm`)
  const suite = builder.testSuite().name(name)
  suite.timestamp(new Date(run.startedAtMs ?? run.createdAtMs))
  suite.property('digest', variant.runVariant.variant.digest)
  suite.property('suite', xmlText(`${comparison.suite.name} ${comparison.suite.hash ?? ''}`.trim()))
  if (variant.index !== comparison.reference) {
    const reference = xmlText(names.get(comparison.reference) ?? 'the reference')
    addVerdict(suite, arm, { variant, name, reference })
  }
  const ran = suite.testCase().className(name).name('every cell ran')
  if (variant.errors > 0) ran.error(`${variant.errors} cells failed; they are left out of the figures`)
}

function addVerdict(
  suite: TestSuite,
  { comparison, lost }: ArmReport,
  {
    variant,
    name,
    reference,
  }: { readonly variant: VariantComparison; readonly name: string; readonly reference: string },
): void {
  const { margin, alpha } = comparison
  const test = suite
    .testCase()
    .className(name)
    .name(`loss against ${reference} within ${marginText(margin)}`)
  const figures =
    `loss ${intervalText(variant.verdictInterval, 'plus')} points (${100 - 200 * alpha} %), ` +
    `${variant.quadrants?.lost ?? 0} lost, ${variant.quadrants?.gained ?? 0} gained of ${variant.pairs} pairs, ` +
    `McNemar p ${pValueText(variant.mcnemarP)}`
  const verdict = verdictLine(variant, margin) ?? 'nothing could be compared'
  const ids = lost.find(({ variantIndex }) => variantIndex === variant.index)?.promptIds ?? []
  test.standardOutput(xmlText([`${verdict}: ${figures}`, ...idLines(ids)].join('\n')))
  if (variant.verdict === 'fail') test.failure(`${verdict}: ${figures}`, 'loss')
  if (variant.verdict === 'inconclusive') test.skipped()
  if (variant.verdict === null) test.error('no prompt was graded under both variants')
}

function idLines(ids: readonly string[]): readonly string[] {
  if (ids.length === 0) return []
  const more = ids.length > mostIdsListed ? [`and ${ids.length - mostIdsListed} more`] : []
  return ['lost prompts:', ...ids.slice(0, mostIdsListed), ...more]
}

// The builder escapes, and drops what XML cannot hold; this shows that something was there.
const xmlText = visible
