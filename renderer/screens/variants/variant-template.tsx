import { Copy } from 'lucide-react'
import type { VariantInspection } from '#shared/contract/views.ts'
import { Button } from '../../ui/button.tsx'
import { Scroller } from '../../ui/scroller.tsx'
import { useCopy } from '../../ui/use-copy.ts'
import styles from './panel.module.css'

const languages = { go: 'Go template', jinja: 'Jinja' }

/** How the engine writes a conversation for this model, and the settings that the tag or file carries. */
export function VariantTemplate({ inspection }: { readonly inspection: VariantInspection }) {
  const { template, templateLanguage, parameters } = inspection
  const copy = useCopy()
  const settings = Object.entries(parameters)
  return (
    <>
      <section className={styles['part']}>
        <h3 className="row">
          Chat template
          {templateLanguage !== null && <span className="hint">{languages[templateLanguage]}</span>}
          {template !== null && (
            <Button
              kind="quiet"
              size="icon"
              className="end"
              aria-label="Copy the template"
              title="Copy"
              onClick={() => copy(template)}
            >
              <Copy />
            </Button>
          )}
        </h3>
        {template === null ? (
          <p className="quiet">
            None. Assay writes the prompts of this model with its own template of the family, and a run keeps its hash.
          </p>
        ) : (
          <Scroller label="Chat template" className={styles['template']}>
            <pre>{template}</pre>
          </Scroller>
        )}
      </section>
      <section className={styles['part']}>
        <h3>Parameters it carries</h3>
        {settings.length === 0 ? (
          <p className="quiet">None. A run sets every sampling parameter itself, the same for all variants.</p>
        ) : (
          <>
            <dl className={styles['facts']}>
              {settings.map(([name, values]) => (
                <div key={name} style={{ display: 'contents' }}>
                  <dt>{name}</dt>
                  <dd>
                    <code>{values.join('  ')}</code>
                  </dd>
                </div>
              ))}
            </dl>
            <p className="hint">
              A run sets its own sampling parameters over these. Stops count in the chat arm, as in an app.
            </p>
          </>
        )}
      </section>
    </>
  )
}
