import { useState } from 'react'
import type { SuiteTemplate } from '#shared/contract/suite-views.ts'
import type { ErrorInfo } from '#shared/domain/error.ts'
import { count } from '../../format/numbers.ts'
import { routeHash, type Route } from '../../routing/route.ts'
import { go, refine } from '../../routing/use-route.ts'
import { dataOf, pageError } from '../../stores/loadable.ts'
import { useLab, useLabClient } from '../../stores/use-app.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/controls.tsx'
import { Bones, EmptyState, ErrorNotice, Region } from '../../ui/region.tsx'
import { PreviewGrid, PreviewPrompt } from './editor/preview-prompts.tsx'
import editorStyles from './editor/editor.module.css'
import styles from './generate.module.css'
import { readGenerateQuery } from './generate-query.ts'
import { Resolves } from './resolves.tsx'
import { addressOf } from './suite-address.ts'
import { SuitesFrame, type SuiteListing } from './suites-frame.tsx'
import suiteStyles from './suites.module.css'
import { useSuiteActions } from './use-suite-actions.ts'
import { promptsText } from './prompts-text.ts'

/** As many checkable prompts as the statistics need, from a template and a seed. */
export function GenerateView({ list, route: { query } }: { readonly list: SuiteListing; readonly route: Route }) {
  const lab = useLabClient()
  const { keep } = useSuiteActions()
  const templates = useLab('suites.templates', {})
  const offered = dataOf(templates)
  const wanted = readGenerateQuery(query, offered ?? [])
  const sample = useLab('suites.sample', wanted.input)
  const [problem, setProblem] = useState<ErrorInfo | null>(null)
  const [busy, setBusy] = useState(false)
  const { input } = wanted
  const generate = async () => {
    if (input === null) return
    setBusy(true)
    setProblem(null)
    try {
      const made = await keep(
        () => lab['suites.generate'](input),
        () => go('suites', ['generate'], query),
      )
      go('suites', [addressOf(made.hash)])
    } catch (error) {
      setProblem(pageError(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <SuitesFrame
      path={[{ label: 'Suites', href: routeHash('suites') }]}
      title="Generate a suite"
      list={list}
      current={null}
      layout="making"
    >
      <Region title="Template" line>
        {templates.status === 'failed' && <ErrorNotice error={templates.error} />}
        {offered === null ? (
          templates.status === 'loading' && <Bones />
        ) : (
          <form
            className={styles['form']}
            onSubmit={(event) => {
              event.preventDefault()
              void generate()
            }}
          >
            <fieldset className={styles['templates']}>
              <legend className="sr">Template</legend>
              {offered.map((template) => (
                <TemplateChoice key={template.id} template={template} isChosen={wanted.template === template.id} />
              ))}
            </fieldset>
            <div className={styles['numbers']}>
              <Field label="Prompts" problem={wanted.problems.n} hint="Three in a row are one item in three wordings.">
                {(ids) => (
                  <input
                    {...ids}
                    inputMode="numeric"
                    value={wanted.n}
                    onChange={({ target }) => refine({ n: target.value })}
                  />
                )}
              </Field>
              <Field label="Seed" problem={wanted.problems.seed} hint="The same seed, the same prompts.">
                {(ids) => (
                  <input
                    {...ids}
                    inputMode="numeric"
                    value={wanted.seed}
                    onChange={({ target }) => refine({ seed: target.value })}
                  />
                )}
              </Field>
            </div>
            <Field label="Name" hint={`Default: ${wanted.defaultName}`}>
              {(ids) => (
                <input
                  {...ids}
                  maxLength={100}
                  value={query['name'] ?? ''}
                  placeholder={wanted.defaultName}
                  onChange={({ target }) => refine({ name: target.value })}
                />
              )}
            </Field>
            {input !== null && <Resolves graded={input.n} />}
            {problem !== null && <ErrorNotice error={problem} />}
            <Button kind="primary" type="submit" disabled={input === null || busy}>
              {busy ? 'Generating…' : input === null ? 'Generate' : `Generate ${promptsText(input.n)}`}
            </Button>
          </form>
        )}
      </Region>
      <SampleSide sample={sample} n={input?.n ?? null} row={query['row']} />
    </SuitesFrame>
  )
}

function TemplateChoice({
  template: { id, title, description },
  isChosen,
}: {
  readonly template: SuiteTemplate
  readonly isChosen: boolean
}) {
  return (
    <label>
      <input
        type="radio"
        name="template"
        value={id}
        checked={isChosen}
        onChange={() => refine({ template: id, row: undefined })}
      />
      <b>{title}</b>
      <span className="hint">{description}</span>
    </label>
  )
}

function SampleSide({
  sample,
  n,
  row,
}: {
  readonly sample: ReturnType<typeof useLab<'suites.sample'>>
  readonly n: number | null
  readonly row: string | undefined
}) {
  const prompts = dataOf(sample)?.prompts ?? null
  const at = prompts === null ? 0 : Math.max(0, Math.min(prompts.length - 1, Math.floor(Number(row ?? 0)) || 0))
  const prompt = prompts?.[at]
  return (
    <section className={suiteStyles['prompts']} aria-label="How it begins">
      <div className={suiteStyles['prompts-head']}>
        <h2>How it begins</h2>
        {prompts !== null && n !== null && (
          <span className="hint clip">
            first {count(prompts.length)} of {promptsText(n)}
          </span>
        )}
      </div>
      {sample.status === 'failed' && <ErrorNotice error={sample.error} />}
      {n === null ? (
        <EmptyState what="Nothing to show.">The number of prompts or the seed will not do.</EmptyState>
      ) : prompts === null ? (
        sample.status === 'loading' && <Bones rows={12} />
      ) : (
        <>
          <PreviewGrid
            label="First prompts"
            prompts={prompts}
            selected={at}
            onSelect={(index) => refine({ row: index })}
          />
          {prompt !== undefined && (
            <div className={editorStyles['preview']}>
              <PreviewPrompt prompt={prompt} index={at} total={n} />
            </div>
          )}
        </>
      )}
    </section>
  )
}
