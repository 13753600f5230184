import { FolderOpen } from 'lucide-react'
import { useRef } from 'react'
import { routeHash } from '../../../routing/route.ts'
import { Button } from '../../../ui/button.tsx'
import { Region } from '../../../ui/region.tsx'
import { SuitesFrame, type SuiteListing } from '../suites-frame.tsx'
import { ImportFile } from './import-file.tsx'
import styles from './import.module.css'
import { acceptedEndings } from './read-file.ts'

/** Files become suites: chosen or dropped, checked, and kept when somebody says so. */
export function ImportView({
  list,
  files,
  onFiles,
  onRemove,
}: {
  readonly list: SuiteListing
  readonly files: readonly File[]
  readonly onFiles: (files: readonly File[]) => void
  readonly onRemove: (file: File) => void
}) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <SuitesFrame
      path={[{ label: 'Suites', href: routeHash('suites') }]}
      title="Import a suite"
      list={list}
      current={null}
      layout="alone"
    >
      <Region title="Files" hint="checked here; nothing is kept before you say so" line>
        <div className={styles['import']}>
          <div className={styles['target']}>
            <p>Drop files here, or choose them.</p>
            <p className="hint">
              Suites as YAML, JSON or JSON Lines. Tables with a question and an answer column as CSV. promptfoo configs:
              prompts, tests, vars and asserts.
            </p>
            <Button onClick={() => input.current?.click()}>
              <FolderOpen aria-hidden /> Choose files
            </Button>
            <input
              ref={input}
              type="file"
              multiple
              hidden
              accept={acceptedEndings}
              aria-label="Suite files"
              onChange={({ target }) => {
                onFiles([...(target.files ?? [])])
                // The same file chosen again, mended meanwhile, is a change, too.
                target.value = ''
              }}
            />
          </div>
          {files.map((file, index) => (
            <ImportFile
              key={`${index} ${file.name} ${file.lastModified}`}
              file={file}
              onRemove={() => onRemove(file)}
            />
          ))}
        </div>
      </Region>
    </SuitesFrame>
  )
}
