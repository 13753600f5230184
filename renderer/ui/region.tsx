import { CircleAlert, Copy, Info, TriangleAlert } from 'lucide-react'
import type { CSSProperties, ReactNode } from 'react'
import type { ErrorInfo } from '#shared/domain/error.ts'
import { Button } from './button.tsx'
import { classNames } from './class-names.ts'
import { Coded } from './coded.tsx'
import styles from './region.module.css'
import { useCopy } from './use-copy.ts'

/** Regions side by side or one above another, a hairline between them. The caller's class gives the grid template. */
export function Split({
  className,
  children,
  style,
}: {
  readonly className?: string | undefined
  readonly style?: CSSProperties
  readonly children: ReactNode
}) {
  return (
    <div className={classNames(styles['split'], className)} style={style}>
      {children}
    </div>
  )
}

export interface RegionProps {
  readonly title?: ReactNode
  /** Said in a quieter voice beside the title. */
  readonly hint?: ReactNode
  readonly actions?: ReactNode
  /** No padding: for tables and lists. */
  readonly flush?: boolean
  readonly line?: boolean
  readonly className?: string | undefined
  readonly label?: string
  readonly children?: ReactNode
}

export function Region({ title, hint, actions, flush = false, line = false, className, label, children }: RegionProps) {
  return (
    <section
      className={classNames(styles['region'], className)}
      aria-label={label ?? (typeof title === 'string' ? title : undefined)}
    >
      {(title !== undefined || actions !== undefined) && (
        <div className={styles['head']} data-line={line || undefined}>
          {title !== undefined && <h2>{title}</h2>}
          {hint !== undefined && <span className="hint clip">{hint}</span>}
          {actions !== undefined && <div className="row end">{actions}</div>}
        </div>
      )}
      <div className={styles['body']} data-flush={flush || undefined}>
        {children}
      </div>
    </section>
  )
}

const glyphs = { error: CircleAlert, warn: TriangleAlert, info: Info }

/** What happened, why, and the next step, in the place where it happened. It can be copied. */
export function Notice({
  kind = 'error',
  what,
  why,
  actions,
  copy,
}: {
  readonly kind?: 'error' | 'warn' | 'info'
  readonly what: ReactNode
  readonly why?: ReactNode
  readonly actions?: ReactNode
  readonly copy?: string
}) {
  const Glyph = glyphs[kind]
  const copyText = useCopy()
  return (
    <div className={styles['notice']} data-kind={kind} role={kind === 'error' ? 'alert' : 'status'}>
      <Glyph aria-hidden="true" />
      <div className={styles['what']}>{coded(what)}</div>
      {why !== undefined && why !== null && <div className={styles['why']}>{coded(why)}</div>}
      <div className={styles['actions']}>
        {actions}
        {copy !== undefined && (
          <Button kind="quiet" size="icon" aria-label="Copy this message" title="Copy" onClick={() => copyText(copy)}>
            <Copy />
          </Button>
        )}
      </div>
    </div>
  )
}

const coded = (said: ReactNode): ReactNode => (typeof said === 'string' ? <Coded text={said} /> : said)

export function ErrorNotice({ error, actions }: { readonly error: ErrorInfo; readonly actions?: ReactNode }) {
  return (
    <Notice
      what={error.message}
      why={error.hint}
      actions={actions}
      copy={`${error.code}: ${error.message}${error.hint === null ? '' : `\n${error.hint}`}`}
    />
  )
}

/** What is missing, what it will show, and the button that gets it. */
export function EmptyState({
  what,
  children,
  actions,
}: {
  readonly what: string
  readonly children?: ReactNode
  readonly actions?: ReactNode
}) {
  return (
    <div className={styles['empty']}>
      <p>
        <b>{what}</b> {children}
      </p>
      {actions !== undefined && <div className="row">{actions}</div>}
    </div>
  )
}

const boneWidths = [62, 48, 71, 40, 55, 66, 45, 58]

/** The shape of what comes, shown when waiting has taken long enough to be noticed. */
export function Bones({ rows = 5 }: { readonly rows?: number }) {
  return (
    <div className={styles['bones']} role="status" aria-label="Loading">
      {Array.from({ length: rows }, (_, index) => (
        <i key={index} style={{ width: `${boneWidths[index % boneWidths.length]}%` }} />
      ))}
    </div>
  )
}

/** How far something long has come. `share` null: not known. */
export function ProgressBar({
  share,
  label,
  thin = false,
}: {
  readonly share: number | null
  readonly label: string
  readonly thin?: boolean
}) {
  const now = share === null ? undefined : Math.round(share * 100)
  return (
    <div
      className={styles['bar']}
      data-thin={thin || undefined}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={now}
    >
      <i style={{ width: `${(share ?? 0) * 100}%` }} />
    </div>
  )
}
