import { useEffect } from 'react'
import { endpointName } from '#shared/domain/engine-name.ts'
import { precisionText } from '#shared/domain/variant-names.ts'
import type { Family, Variant } from '#shared/domain/variant.ts'
import { count, speed } from '../../format/numbers.ts'
import { go } from '../../routing/use-route.ts'
import { dataOf } from '../../stores/loadable.ts'
import { chosenVariants, mostTried, type Tried } from '../../stores/trial-slice.ts'
import { useApp, useAppStore, useLab } from '../../stores/use-app.ts'
import { AnswerText, ReadingSwitch } from '../../text/answer-text.tsx'
import { useReading } from '../../text/use-reading.ts'
import { Badge, PrecisionMark, ThinkBadge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Checkbox } from '../../ui/controls.tsx'
import { ErrorNotice } from '../../ui/region.tsx'
import styles from './trial.module.css'

/** One prompt put to some variants side by side, for trying things before they become a suite. Nothing is stored. */
export function Trial({ text }: { readonly text: string }) {
  const store = useAppStore()
  const families = dataOf(useLab('variants.list', {})) ?? []
  const trial = useApp((state) => state.trial)
  const { typePrompt, chooseForTrial, sendTrial, stopTrial } = store.getState()
  const empty = trial.prompt.trim() === ''
  useEffect(() => {
    if (text !== '') store.getState().typePrompt(text)
  }, [store, text])
  return (
    <section className={styles['trial']} aria-label="Try one prompt">
      <div className={styles['trialhead']}>
        <h2>Try one prompt</h2>
        <span className="hint">side by side, before it becomes a suite</span>
        <Button
          size="small"
          className="end"
          disabled={empty}
          onClick={() => go('suites', ['new'], { prompt: trial.prompt })}
        >
          Save as suite
        </Button>
      </div>
      <div className={styles['ask']}>
        <textarea
          rows={2}
          aria-label="Prompt"
          placeholder="What day is 45 days after Friday?"
          value={trial.prompt}
          onChange={(event) => typePrompt(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void sendTrial()
          }}
        />
        <div>
          <TrialVariants
            families={families}
            chosen={chosenVariants(trial.chosen, families)}
            onChoose={chooseForTrial}
          />
          {trial.busy ? (
            <Button className="end" onClick={stopTrial}>
              Stop
            </Button>
          ) : (
            <Button className="end" hotkey="Ctrl Enter" disabled={empty} onClick={() => void sendTrial()}>
              Send
            </Button>
          )}
        </div>
      </div>
      {trial.problem !== null && <ErrorNotice error={trial.problem} />}
      {trial.tried.length > 0 && (
        <div
          className={styles['answers']}
          aria-busy={trial.busy}
          data-earlier={trial.prompt !== trial.asked || undefined}
        >
          {trial.prompt !== trial.asked && (
            <p className={styles['asked']}>
              Answers to <q title={trial.asked}>{trial.asked}</q>
            </p>
          )}
          {trial.tried.map((entry) => (
            <TriedAnswer key={entry.variant.id} entry={entry} name={trialName(entry.variant, families)} />
          ))}
        </div>
      )}
    </section>
  )
}

interface TrialVariantsProps {
  readonly families: readonly Family[]
  readonly chosen: readonly Variant[]
  readonly onChoose: (ids: readonly string[]) => void
}

/** What is chosen, each with its box, and a list of all others. */
function TrialVariants({ families, chosen, onChoose }: TrialVariantsProps) {
  const ids = chosen.map(({ id }) => id as string)
  return (
    <>
      {chosen.map((variant) => (
        <Checkbox key={variant.id} checked onChange={() => onChoose(ids.filter((id) => id !== variant.id))}>
          <TrialMark variant={variant} name={trialName(variant, families)} />
        </Checkbox>
      ))}
      <select
        className={styles['more']}
        aria-label="Add a variant"
        value=""
        disabled={chosen.length >= mostTried}
        title={chosen.length >= mostTried ? `${mostTried} at most: more are a run` : undefined}
        onChange={(event) => onChoose([...ids, event.target.value])}
      >
        <option value="">+ Variant</option>
        {families.map(({ name, rows }) => (
          <optgroup key={name} label={name}>
            {rows
              .flatMap(({ places }) => places)
              .filter(({ id }) => !ids.includes(id))
              .map((variant) => (
                <option key={variant.id} value={variant.id}>
                  {variant.name}
                  {variant.endpoint === 'builtin' ? '' : `, ${endpointName(variant.endpoint, variant.engine)}`}
                </option>
              ))}
          </optgroup>
        ))}
      </select>
    </>
  )
}

/** The precision where it tells the variants of this machine apart, else the whole name. */
const trialName = ({ name, precision }: Variant, families: readonly Family[]): string =>
  families.length > 1 ? name : precisionText(precision)

function TrialMark({ variant, name }: { readonly variant: Variant; readonly name: string }) {
  const { precision } = variant
  const engine = endpointName(variant.endpoint, variant.engine)
  return (
    <span title={`${variant.name} on ${engine}`}>
      <PrecisionMark name={precision.name} label={name} {...(variant.engine !== 'builtin' && { note: engine })} />
    </span>
  )
}

function TriedAnswer({ entry, name }: { readonly entry: Tried; readonly name: string }) {
  const { variant, thinking, answer, state, end, error } = entry
  const reading = useReading(answer, null)
  return (
    <article aria-label={`Answer of ${variant.name}`}>
      <div className="row">
        <TrialMark variant={variant} name={name} />
        {state === 'done' && end !== null ? (
          <ThinkBadge state={end.thinkState} />
        ) : (
          <Badge tone={state === 'writing' ? 'live' : 'plain'}>{state}</Badge>
        )}
        {end?.tokensPerSecond != null && (
          <span className="hint">
            {count(end.outputTokens ?? 0)} tokens, {speed(end.tokensPerSecond)} tokens/s
          </span>
        )}
        {state === 'done' && <ReadingSwitch reading={reading} />}
      </div>
      {error !== null && <ErrorNotice error={error} />}
      {thinking !== '' && <div className={styles['thinking']}>{thinking}</div>}
      {/* While it is being written it stays plain: half a formula is none. */}
      {answer !== '' && (
        <div className={styles['answer']}>
          {state === 'done' ? (
            <AnswerText text={answer} reading={reading}>
              {answer}
            </AnswerText>
          ) : (
            answer
          )}
        </div>
      )}
    </article>
  )
}
