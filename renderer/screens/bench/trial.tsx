import { useRef, useState } from 'react'
import type { TrialEvent } from '#shared/contract/views.ts'
import type { ErrorInfo } from '#shared/domain/error.ts'
import { rowsOf } from '#shared/domain/families.ts'
import type { Variant } from '#shared/domain/variant.ts'
import { count } from '../../format/numbers.ts'
import { go } from '../../routing/use-route.ts'
import { dataOf, pageError } from '../../stores/loadable.ts'
import { useLab, useLabClient } from '../../stores/use-app.ts'
import { Badge, PrecisionMark, ThinkBadge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Checkbox } from '../../ui/controls.tsx'
import { ErrorNotice } from '../../ui/region.tsx'
import styles from './bench.module.css'

/** Variants offered at once; more are a run, not a trial. */
const offered = 8

export interface Tried {
  readonly variant: Variant
  readonly thinking: string
  readonly answer: string
  readonly state: 'waiting' | 'loading' | 'writing' | 'done' | 'failed'
  readonly end: Extract<TrialEvent, { kind: 'end' }> | null
  readonly error: ErrorInfo | null
}

/** One prompt put to some variants side by side, for trying things before they become a suite. Nothing is stored. */
export function Trial({ text }: { readonly text: string }) {
  const lab = useLabClient()
  const families = dataOf(useLab('variants.list', {}))
  const variants = rowsOf(families ?? [])
    .map(({ places: [first] }) => first)
    .slice(0, offered)
  const [prompt, setPrompt] = useState(text)
  const [chosen, setChosen] = useState<ReadonlySet<string> | null>(null)
  const [tried, setTried] = useState<readonly Tried[]>([])
  const [problem, setProblem] = useState<ErrorInfo | null>(null)
  const running = useRef<AbortController | null>(null)
  const [busy, setBusy] = useState(false)
  const selected = chosen ?? new Set(variants.slice(0, 3).map(({ id }) => id as string))

  const send = async () => {
    const asked = variants.filter(({ id }) => selected.has(id))
    if (prompt.trim() === '' || asked.length === 0) return
    running.current = new AbortController()
    setBusy(true)
    setProblem(null)
    setTried(asked.map((variant) => ({ variant, thinking: '', answer: '', state: 'waiting', end: null, error: null })))
    try {
      const context = Math.min(4096, ...asked.map(({ contextTokens }) => contextTokens ?? 4096))
      const request = {
        prompt,
        variants: asked.map(({ id }) => id),
        contextTokens: context,
        maxTokens: Math.min(1024, context),
      }
      for await (const event of lab['trial.run'](request, { signal: running.current.signal as never })) {
        setTried((before) =>
          before.map((entry) => (entry.variant.id === event.variant ? applyEvent(entry, event) : entry)),
        )
      }
    } catch (error) {
      if (!running.current.signal.aborted) setProblem(pageError(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <section className={styles['trial']} aria-label="Try one prompt">
      <div className={styles['trialhead']}>
        <h2>Try one prompt</h2>
        <span className="hint">side by side, before it becomes a suite</span>
        <Button
          size="small"
          className="end"
          disabled={prompt.trim() === ''}
          onClick={() => go('suites', ['new'], { prompt })}
        >
          Save as suite
        </Button>
      </div>
      <div className={styles['ask']}>
        <textarea
          rows={2}
          aria-label="Prompt"
          placeholder="What day is 45 days after Friday?"
          value={prompt}
          onChange={(event) => setPrompt(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void send()
          }}
        />
        <div>
          {variants.map(({ id, name, precision, endpoint }) => (
            <Checkbox
              key={id}
              checked={selected.has(id)}
              onChange={(checked) =>
                setChosen(new Set(checked ? [...selected, id] : [...selected].filter((other) => other !== id)))
              }
            >
              <span title={`${name} on ${endpoint}`}>
                <PrecisionMark name={precision.name} {...(endpoint !== 'builtin' && { note: endpoint })} />
              </span>
            </Checkbox>
          ))}
          {busy ? (
            <Button className="end" onClick={() => running.current?.abort()}>
              Stop
            </Button>
          ) : (
            <Button
              className="end"
              hotkey="Ctrl Enter"
              disabled={prompt.trim() === '' || selected.size === 0}
              onClick={() => void send()}
            >
              Send
            </Button>
          )}
        </div>
      </div>
      {problem !== null && <ErrorNotice error={problem} />}
      {tried.length > 0 && (
        <div className={styles['answers']}>
          {tried.map((entry) => (
            <TriedAnswer key={entry.variant.id} entry={entry} />
          ))}
        </div>
      )}
    </section>
  )
}

function applyEvent(entry: Tried, event: TrialEvent): Tried {
  switch (event.kind) {
    case 'loading':
      return { ...entry, state: 'loading' }
    case 'text':
      return {
        ...entry,
        state: 'writing',
        thinking: entry.thinking + event.thinking,
        answer: entry.answer + event.answer,
      }
    case 'end':
      return { ...entry, state: 'done', end: event }
    case 'failed':
      return { ...entry, state: 'failed', error: event.error }
  }
}

function TriedAnswer({ entry }: { readonly entry: Tried }) {
  const { variant, thinking, answer, state, end, error } = entry
  return (
    <article aria-label={`Answer of ${variant.name}`}>
      <div className="row">
        <PrecisionMark name={variant.precision.name} />
        {state === 'done' && end !== null ? (
          <ThinkBadge state={end.thinkState} />
        ) : (
          <Badge tone={state === 'writing' ? 'live' : 'plain'}>{state}</Badge>
        )}
        {end?.tokensPerSecond != null && (
          <span className="hint">
            {count(end.outputTokens ?? 0)} tokens, {count(end.tokensPerSecond)} tokens/s
          </span>
        )}
      </div>
      {error !== null && <ErrorNotice error={error} />}
      {thinking !== '' && <div className={styles['thinking']}>{thinking}</div>}
      {answer !== '' && <div className={styles['answer']}>{answer}</div>}
    </article>
  )
}
