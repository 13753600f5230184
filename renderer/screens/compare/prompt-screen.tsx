import type { PromptView } from '#shared/contract/views.ts'
import type { Comparison } from '#shared/domain/comparison.ts'
import type { Arm } from '#shared/domain/engine.ts'
import { arms } from '#shared/domain/engine.ts'
import { countText } from '#shared/domain/figures.ts'
import type { Run } from '#shared/domain/run.ts'
import { routeHash, type Route } from '../../routing/route.ts'
import { refine } from '../../routing/use-route.ts'
import { TopBar } from '../../shell/topbar.tsx'
import { dataOf } from '../../stores/loadable.ts'
import { useLab } from '../../stores/use-app.ts'
import { Button, Key, LinkButton } from '../../ui/button.tsx'
import { Segment } from '../../ui/controls.tsx'
import { Bones, ErrorNotice } from '../../ui/region.tsx'
import { Scroller } from '../../ui/scroller.tsx'
import { choiceQuery, comparisonInput, quadrantInput, type CompareChoice } from './compare-query.ts'
import { quadrantWords } from './flip-quad.tsx'
import { PromptConfiguration } from './prompt-configuration.tsx'
import { PromptPanes } from './prompt-panes.tsx'
import { promptVariant, promptViews, readPromptChoice, type PromptChoice } from './prompt-query.ts'
import styles from './prompt.module.css'
import { PromptVariants } from './prompt-variants.tsx'
import { PromptWordings } from './prompt-wordings.tsx'
import { nameOf, shownVariants, type ShownVariants } from './shown-variants.ts'
import { useKept } from './use-kept.ts'
import { useActions } from '../../actions/use-actions.ts'

/** Everything about one prompt of a run, as its parts need it. */
export interface OnePrompt {
  readonly run: Run
  readonly comparison: Comparison
  readonly view: PromptView
  readonly choice: CompareChoice
  readonly prompt: PromptChoice
  readonly promptIndex: number
  readonly shown: ShownVariants
  /** Index of the variant beside the reference. */
  readonly variant: number
}

/** One prompt under two variants: both answers with their differences, all variants below, its other wordings, how it was run. */
export function PromptScreen({
  choice,
  promptIndex,
  query,
}: {
  readonly choice: CompareChoice
  readonly promptIndex: number
  readonly query: Route['query']
}) {
  const prompt = readPromptChoice(query)
  const run = useLab('runs.get', { run: choice.run })
  const compared = useLab('compare.get', comparisonInput(choice))
  const comparison = dataOf(compared)
  const arm = arms.find((name) => name === comparison?.arm) ?? null
  const answer = useLab(
    'cells.prompt',
    arm === null ? null : { run: choice.run, promptIndex, arm, sample: prompt.sample },
  )
  const { data: view } = useKept(answer, `${choice.run}/${promptIndex}`)
  const failed = [run, compared, answer].find(({ status }) => status === 'failed')
  const ran = dataOf(run)
  const variant = comparison === null ? null : promptVariant(comparison, choice.variant)
  if (ran === null || comparison === null || view === null || variant === null) {
    return (
      <>
        <TopBar path={pathTo(choice, ran)} title={`Prompt ${promptIndex + 1}`} />
        {failed?.status === 'failed' ? (
          <ErrorNotice
            error={failed.error}
            actions={
              <LinkButton size="small" href={backHref(choice)}>
                All verdicts
              </LinkButton>
            }
          />
        ) : variant === null && comparison !== null ? (
          <ErrorNotice error={{ code: 'BAD_REQUEST', message: 'This run has no second variant.', hint: null }} />
        ) : (
          <Bones rows={8} />
        )}
      </>
    )
  }
  const shown = shownVariants(
    comparison.variants.map(({ runVariant }) => runVariant),
    { run: ran.id, blind: choice.blind },
  )
  return (
    <Loaded {...{ run: ran, comparison, view, choice, prompt, promptIndex, shown, variant }} arm={arm ?? 'natural'} />
  )
}

const backHref = (choice: CompareChoice): string => routeHash('compare', [choice.run], choiceQuery(choice))

const pathTo = (choice: CompareChoice, run: Run | null) => [
  { label: 'Compare', href: '#/compare' },
  { label: run === null ? `Run ${choice.run}` : `${run.id} ${run.name}`, href: backHref(choice) },
]

function Loaded(props: OnePrompt & { readonly arm: Arm }) {
  const { run, view, choice, comparison, prompt } = props
  const tracesHref = routeHash('traces', [run.id], {
    prompt: props.promptIndex,
    v: `${comparison.reference},${props.variant}`,
    arm: props.arm === run.arms[0] ? undefined : props.arm,
    sample: prompt.sample === 0 ? undefined : prompt.sample,
  })
  usePromptKeys(props, tracesHref)
  return (
    <>
      <TopBar path={pathTo(choice, run)} title={view.prompt.id} actions={<Neighbours {...props} />} />
      <div className={styles['view']}>
        <PromptHead {...props} tracesHref={tracesHref} />
        <PromptPanes {...props} />
        <div className={styles['lower']}>
          <div className={styles['column']}>
            <PromptVariants {...props} />
            <PromptWordings {...props} />
          </div>
          <PromptConfiguration {...props} />
        </div>
      </div>
    </>
  )
}

function PromptHead({ run, view, choice, prompt, tracesHref }: OnePrompt & { readonly tracesHref: string }) {
  const { tags, lang, system, text } = view.prompt
  const about = [...Object.values(tags), lang].join(', ')
  return (
    <header className={styles['head']}>
      <div className={styles['asked']}>
        <p className="hint">
          Prompt of {view.suite}, {about}.{' '}
          {view.expected === null ? (
            'Nothing says what is right.'
          ) : (
            <>
              Expected <b className={styles['expected']}>{view.expected}</b>
            </>
          )}
        </p>
        {system !== undefined && (
          <p className="hint">
            System: <span className={styles['system']}>{system}</span>
          </p>
        )}
        <Scroller className={styles['question']} label="Prompt">
          <p lang={lang}>{text}</p>
        </Scroller>
      </div>
      <div className="row end">
        {run.samples > 1 && (
          <label className={styles['sample']}>
            Sample
            <select
              value={prompt.sample}
              onChange={(event) => refine({ sample: event.target.value === '0' ? undefined : event.target.value })}
            >
              {Array.from({ length: run.samples }, (_, sample) => (
                <option key={sample} value={sample}>
                  {sample + 1} of {run.samples}
                </option>
              ))}
            </select>
          </label>
        )}
        <Segment
          label="View"
          value={prompt.view}
          choices={[
            { value: 'diff', label: 'Word diff' },
            { value: 'text', label: 'Text' },
            { value: 'raw', label: 'Raw' },
          ]}
          onChange={(next) => refine({ view: next === 'diff' ? undefined : next })}
        />
        {!choice.blind && (
          <LinkButton size="small" href={tracesHref}>
            Open in Traces <Key>t</Key>
          </LinkButton>
        )}
        {choice.blind && (
          <Button size="small" onClick={() => refine({ blind: undefined })}>
            Reveal <Key>b</Key>
          </Button>
        )}
      </div>
    </header>
  )
}

/** The prompts of the same quadrant, one after the other. */
function useNeighbours({ choice, variant, promptIndex }: OnePrompt) {
  const list = dataOf(useLab('compare.flips', quadrantInput(choice, variant)))?.promptIndexes ?? []
  const at = list.indexOf(promptIndex)
  const href = (index: number | undefined) =>
    index === undefined
      ? null
      : routeHash('compare', [choice.run, 'prompt', index], { ...choiceQuery(choice), variant })
  return {
    at,
    total: list.length,
    previous: href(at > 0 ? list[at - 1] : undefined),
    next: href(list[at + 1] !== undefined && at >= 0 ? list[at + 1] : undefined),
  }
}

function Neighbours(props: OnePrompt) {
  const { at, total, previous, next } = useNeighbours(props)
  if (total === 0) return null
  const under = nameOf(props.shown, props.variant)
  const name = `${quadrantWords[props.choice.quadrant]} under ${under.name}`
  if (at === -1) return <span className="hint">{`not among the ${countText(total)} ${name}`}</span>
  return (
    <span className={styles['neighbours']}>
      <Step href={previous} hotkey="k" label={`Previous prompt ${name}`} />
      <span title={name}>
        {`${countText(at + 1)} of ${countText(total)} ${quadrantWords[props.choice.quadrant]} under ${under.brief}`}
      </span>
      <Step href={next} hotkey="j" label={`Next prompt ${name}`} />
    </span>
  )
}

function Step({
  href,
  hotkey,
  label,
}: {
  readonly href: string | null
  readonly hotkey: string
  readonly label: string
}) {
  if (href === null) return <span className={styles['no-step']} />
  return (
    <LinkButton kind="quiet" size="icon" href={href} title={label} aria-label={label}>
      <Key>{hotkey}</Key>
    </LinkButton>
  )
}

function usePromptKeys(props: OnePrompt, tracesHref: string): void {
  const { comparison, variant, choice, prompt } = props
  const { previous, next } = useNeighbours(props)
  const candidates = comparison.variants.map(({ index }) => index).filter((index) => index !== comparison.reference)
  const step = (by: 1 | -1) => () => {
    const at = candidates.indexOf(variant)
    refine({ variant: candidates[(at + by + candidates.length) % candidates.length] })
  }
  const visit = (href: string | null) => (href === null ? undefined : () => void (window.location.hash = href))
  useActions('prompt', {
    'next-variant': step(1),
    'previous-variant': step(-1),
    next: visit(next),
    previous: visit(previous),
    blind: choice.blind ? undefined : () => refine({ blind: 1 }),
    reveal: choice.blind ? () => refine({ blind: undefined }) : undefined,
    traces: choice.blind ? undefined : visit(tracesHref),
    diff: () => refine({ view: promptViews[prompt.view === 'diff' ? 1 : 0] === 'diff' ? undefined : 'text' }),
    raw: () => refine({ view: prompt.view === 'raw' ? undefined : 'raw' }),
    back: visit(backHref(choice)),
  })
}
