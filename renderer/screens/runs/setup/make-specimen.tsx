import { useState } from 'react'
import type { Progress } from '#shared/domain/engine.ts'
import type { ErrorInfo } from '#shared/domain/error.ts'
import type { Variant } from '#shared/domain/variant.ts'
import { pageError } from '../../../stores/loadable.ts'
import { useAppStore } from '../../../stores/use-app.ts'
import { Button } from '../../../ui/button.tsx'
import { ErrorNotice, ProgressBar } from '../../../ui/region.tsx'
import { specimenPrecisions } from '../../bench/specimen-spec.ts'
import styles from './setup.module.css'

/** Offers to make those of the specimen's precisions that are not there yet. */
export function MakeSpecimen({ variants }: { readonly variants: readonly Variant[] }) {
  const store = useAppStore()
  const [progress, setProgress] = useState<Progress | 'starting' | null>(null)
  const [problem, setProblem] = useState<ErrorInfo | null>(null)
  const specimen = variants.filter(({ engine, family }) => engine === 'builtin' && family === 'specimen')
  const missing = specimenPrecisions.filter((name) => !specimen.some(({ precision }) => precision.name === name))
  if (missing.length === 0) return null

  const make = async () => {
    setProblem(null)
    setProgress('starting')
    try {
      for await (const step of store.lab['specimen.prepare']({})) setProgress(step)
      store.getState().invalidate((name) => name === 'variants.list' || name === 'variants.fit')
    } catch (error) {
      setProblem(pageError(error))
    } finally {
      setProgress(null)
    }
  }
  const share =
    progress === null || progress === 'starting' || !progress.totalBytes
      ? null
      : progress.doneBytes / progress.totalBytes
  return (
    <>
      {problem !== null && <ErrorNotice error={problem} />}
      <div className={styles['make']}>
        <span>
          The specimen can also be made at {missing.join(', ')}. It takes a few seconds and downloads nothing.
        </span>
        {progress === null ? (
          <Button size="small" className="end" onClick={() => void make()}>
            Make {missing.length} {missing.length === 1 ? 'variant' : 'variants'}
          </Button>
        ) : (
          <span className="grow stack">
            <ProgressBar share={share} label="making the specimen’s variants" />
            <span className="hint">{progress === 'starting' ? 'making the variants' : progress.step}</span>
          </span>
        )}
      </div>
    </>
  )
}
