import { useState, type FormEvent } from 'react'
import type { Settings } from '#shared/contract/settings-view.ts'
import type { ErrorInfo } from '#shared/domain/error.ts'
import { dataOf, pageError } from '../../stores/loadable.ts'
import { useAppStore, useLab } from '../../stores/use-app.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/controls.tsx'
import type { SaveSettings } from './settings-screen.tsx'
import styles from './settings.module.css'

/** Folders in which GGUF files are looked for, besides the lab's own. */
export function FolderSettings({ settings, save }: { readonly settings: Settings; readonly save: SaveSettings }) {
  const store = useAppStore()
  const info = dataOf(useLab('lab.info', {}))
  const [path, setPath] = useState('')
  const [problem, setProblem] = useState<ErrorInfo | null>(null)
  const folders = settings.modelFolders
  const remove = async (folder: string) => {
    await save({ modelFolders: folders.filter((other) => other !== folder) })
    store.getState().offerUndo('Folder removed from the list', () => save({ modelFolders: folders }))
  }
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    if (path.trim() === '') return
    setProblem(null)
    save({ modelFolders: [...new Set([...folders, path.trim()])] }).then(
      () => setPath(''),
      (error: unknown) => setProblem(pageError(error)),
    )
  }
  return (
    <section className={styles['group']}>
      <h2>Folders with GGUF files</h2>
      <ul className={styles['list']}>
        <li>
          <code>{info?.home ?? '-'}/variants</code> <span className="hint">the lab’s own</span>
        </li>
        {folders.map((folder) => (
          <li key={folder}>
            <code title={folder}>{folder}</code>
            <Button size="small" kind="quiet" className="end" onClick={() => void remove(folder).catch(() => {})}>
              Remove
            </Button>
          </li>
        ))}
      </ul>
      <form className={styles['form']} data-fields="1" onSubmit={onSubmit}>
        <Field
          label="Another folder"
          hint="The whole path. Files in it are read, never changed."
          problem={problem === null ? null : `${problem.message} ${problem.hint ?? ''}`}
        >
          {(ids) => (
            <input
              {...ids}
              value={path}
              placeholder="/home/me/models"
              onChange={({ target }) => {
                setPath(target.value)
                setProblem(null)
              }}
            />
          )}
        </Field>
        <Button type="submit" disabled={path.trim() === ''}>
          Add folder
        </Button>
      </form>
    </section>
  )
}
