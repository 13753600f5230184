import { useState, type ReactNode } from 'react'
import type { Comparison } from '#shared/domain/comparison.ts'
import { countText, marginText } from '#shared/domain/figures.ts'
import type { Run } from '#shared/domain/run.ts'
import { refine } from '../../routing/use-route.ts'
import { Button } from '../../ui/button.tsx'
import { Segment } from '../../ui/controls.tsx'
import styles from './compare.module.css'
import { tagsOf } from './compared.ts'
import { writeTag, type CompareChoice } from './compare-query.ts'
import { nameOf, type ShownVariants } from './shown-variants.ts'

interface ToolbarProps {
  readonly run: Run
  readonly comparison: Comparison
  readonly choice: CompareChoice
  readonly shown: ShownVariants
  /** What can be done with the verdicts below, at the end. */
  readonly actions?: ReactNode
}

/** More values than this go into the list instead of buttons. */
const mostButtons = 5

/** Which prompts, which margin, which reference, which arm. */
export function Toolbar(props: ToolbarProps) {
  const { run, comparison } = props
  return (
    <div className={styles['toolbar']}>
      <TagChooser {...props} />
      <span className="hint clip grow" title={runWords(run, comparison)}>
        {runWords(run, comparison)}
      </span>
      <ViewChooser {...props} />
      {props.actions}
    </div>
  )
}

function runWords(run: Run, { suite, arm, margin }: Comparison): string {
  const { sampling } = run.spec
  const open = run.counts.pending + run.counts.running
  const own =
    margin === run.spec.margin ? `margin ${marginText(margin)} fixed before the run` : 'margin chosen after the run'
  return [
    `${open > 0 ? '' : 'n = '}${countText(suite.n)} prompts of ${suite.name}`,
    `${run.samples} ${run.samples === 1 ? 'sample' : 'samples'}`,
    `arm ${arm}`,
    `temperature ${sampling.temperature}`,
    own,
  ].join(', ')
}

/** All prompts, or those with one value of a tag: a few as buttons, the rest in a list. */
function TagChooser({ comparison, choice }: ToolbarProps) {
  const tags = [...tagsOf(comparison)]
  const first = tags.find(([, values]) => values.length <= mostButtons)
  const inButtons = first === undefined ? [] : first[1].map((value) => writeTag({ name: first[0], value }) ?? '')
  const chosen = writeTag(choice.tag) ?? 'all'
  const choose = (tag: string) => refine({ tag: tag === 'all' ? undefined : tag, row: undefined })
  return (
    <>
      <Segment
        label="Prompts"
        value={chosen}
        choices={[
          { value: 'all', label: 'All prompts' },
          ...inButtons.map((value) => ({ value, label: value.slice(value.indexOf(':') + 1) })),
        ]}
        onChange={choose}
      />
      {tags.some(([name]) => name !== first?.[0]) && (
        <Choice
          label="Prompts by another tag"
          value={inButtons.includes(chosen) || chosen === 'all' ? '' : chosen}
          onChange={(value) => choose(value === '' ? 'all' : value)}
        >
          <option value="">by tag…</option>
          {tags
            .filter(([name]) => name !== first?.[0])
            .map(([name, values]) => (
              <optgroup key={name} label={name}>
                {values.map((value) => (
                  <option key={value} value={writeTag({ name, value })}>
                    {name}: {value}
                  </option>
                ))}
              </optgroup>
            ))}
        </Choice>
      )}
    </>
  )
}

function ViewChooser({ run, comparison, choice, shown }: ToolbarProps) {
  return (
    <>
      {run.arms.length > 1 && (
        <Choice label="Arm" value={comparison.arm} onChange={(arm) => refine({ arm, row: undefined })} named>
          {run.arms.map((arm) => (
            <option key={arm}>{arm}</option>
          ))}
        </Choice>
      )}
      {!choice.blind && comparison.variants.length > 2 && (
        <Choice
          label="Reference"
          named
          value={String(comparison.reference)}
          onChange={(index) => refine({ ref: index === ownReference(run) ? undefined : index, row: undefined })}
        >
          {comparison.variants.map(({ index }) => (
            <option key={index} value={index} title={nameOf(shown, index).name}>
              {nameOf(shown, index).brief}
            </option>
          ))}
        </Choice>
      )}
      <MarginField run={run} margin={choice.margin ?? run.spec.margin} />
    </>
  )
}

const ownReference = (run: Run): string =>
  String(run.variants.find(({ role }) => role === 'reference')?.index ?? run.variants[0]?.index ?? 0)

function Choice({
  label,
  value,
  onChange,
  named = false,
  children,
}: {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  /** Whether the label stands before it. */
  readonly named?: boolean
  readonly children: ReactNode
}) {
  return (
    <label className={styles['choice']}>
      <span className={named ? undefined : 'sr'}>{label}</span>
      <select value={value} onChange={(event) => onChange(event.target.value)}>
        {children}
      </select>
    </label>
  )
}

/** The margin as a way of looking: the run's own stays what it was. */
function MarginField({ run, margin }: { readonly run: Run; readonly margin: number }) {
  const own = inPoints(run.spec.margin)
  // What is being typed, as long as it is not a margin yet or is the one chosen.
  const [typed, setTyped] = useState<string | null>(null)
  const text =
    typed !== null && (!isMargin(typed) || Number(typed) === inPoints(margin)) ? typed : String(inPoints(margin))
  const valid = isMargin(text)
  const change = (value: string) => {
    setTyped(value)
    if (isMargin(value)) refine({ margin: Number(value) === own ? undefined : Number(value) })
  }
  return (
    <label className={styles['choice']} data-invalid={!valid || undefined}>
      <span>Margin</span>
      <input
        type="number"
        min={0.1}
        max={99}
        step={0.5}
        value={text}
        aria-invalid={!valid}
        onChange={(event) => change(event.target.value)}
        onBlur={() => setTyped(null)}
      />
      <span className="unit">points</span>
    </label>
  )
}

const isMargin = (text: string): boolean => Number(text) > 0 && Number(text) < 100

const inPoints = (share: number): number => Number((100 * share).toPrecision(6))

/** Said plainly when somebody looks with another rule than the one fixed before the run. */
export function ChangedRule({ run, comparison, shown }: Omit<ToolbarProps, 'choice' | 'actions'>) {
  const margin = comparison.margin !== run.spec.margin
  const reference = String(comparison.reference) !== ownReference(run)
  if (!margin && !reference) return null
  return (
    <div className={styles['changed']} role="status">
      {margin && (
        <span>
          Margin of the run: <b>{marginText(run.spec.margin)}</b>. Looking with <b>{marginText(comparison.margin)}</b>.
        </span>
      )}
      {reference && (
        <span>
          Reference of the run: <b>{nameOf(shown, Number(ownReference(run))).name}</b>. Looking from{' '}
          <b>{nameOf(shown, comparison.reference).name}</b>; the noise floor stays the run&apos;s own.
        </span>
      )}
      <span className="quiet">Chosen after the run: a view, not a test.</span>
      <Button size="small" onClick={() => refine({ margin: undefined, ref: undefined, row: undefined })}>
        Back to the run&apos;s own
      </Button>
    </div>
  )
}
