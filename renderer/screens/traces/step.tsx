import { ChevronDown, ChevronRight } from 'lucide-react'
import { memo, useMemo, useRef } from 'react'
import { countedText } from '#shared/domain/figures.ts'
import type { ThinkingSign } from '#shared/thinking/markers.ts'
import { stepTitle } from '#shared/thinking/steps.ts'
import { MarkedText, type MarkedRange } from '../../text/marked-text.tsx'
import { ThinkingBlock } from '../../text/parts.tsx'
import { Badge } from '../../ui/badge.tsx'
import { signWords, type Section } from './pane-marks.ts'
import styles from './pane.module.css'
import { useNear } from './use-near.ts'

/** One step of the thinking: its number, what is remarkable in it, and its text, which can be folded away. */
export const Step = memo(function Step({
  raw,
  section,
  number,
  alone,
  ranges,
  folded,
  onFold,
}: {
  readonly raw: string
  readonly section: Section
  readonly number: number
  /** The thinking's only step: its size stands in the head of the thinking. */
  readonly alone: boolean
  readonly ranges: readonly MarkedRange[]
  readonly folded: boolean
  readonly onFold: (number: number) => void
}) {
  const text = raw.slice(section.start, section.end)
  const marked = useMemo(() => [...section.signs.map(signRange), ...ranges], [section.signs, ranges])
  const Chevron = folded ? ChevronRight : ChevronDown
  return (
    <div
      className={styles['step']}
      data-anchor={number}
      data-signs={section.signs.length > 0 || undefined}
      role="group"
      aria-label={`Step ${number}`}
    >
      <button type="button" className={styles['stephead']} aria-expanded={!folded} onClick={() => onFold(number)}>
        <Chevron aria-hidden />
        <b>Step {number}</b>
        {folded && <span className="clip">{stepTitle(text)}</span>}
        <SignBadges signs={section.signs} />
        {!alone && (
          <span className={styles['stepsize']}>
            {section.tokens === null
              ? countedText(text.trim().length, 'character')
              : countedText(section.tokens, 'token')}
          </span>
        )}
      </button>
      {!folded && (
        <ThinkingBlock className={styles['steptext']}>
          <SectionText raw={raw} start={section.start} end={trimmedEnd(raw, section)} ranges={marked} />
        </ThinkingBlock>
      )}
    </div>
  )
})

/** What is remarkable in a step, or in a whole text. */
export function SignBadges({ signs }: { readonly signs: readonly ThinkingSign[] }) {
  return badges(signs).map(({ key, sign, words }) => (
    <Badge key={key} tone={sign.kind === 'loop' ? 'warn' : 'plain'} title={signTitles[sign.kind]}>
      {words}
    </Badge>
  ))
}

/** Text of one section. The heat of a long trace is tens of thousands of marks: each section draws its own when it comes near. */
export function SectionText({
  raw,
  start,
  end,
  ranges,
}: {
  readonly raw: string
  readonly start: number
  readonly end: number
  readonly ranges: readonly MarkedRange[]
}) {
  const place = useRef<HTMLSpanElement>(null)
  const near = useNear(place)
  const drawn = useMemo(() => (near ? ranges : ranges.filter(({ mark }) => mark.kind !== 'heat')), [near, ranges])
  return (
    <span ref={place}>
      <MarkedText text={raw} start={start} end={end} ranges={drawn} />
    </span>
  )
}

const signTitles: Readonly<Record<ThinkingSign['kind'], string>> = {
  'self-correction': 'It begins a sentence by taking something back. Found by wording.',
  loop: 'The same words stand here three times or more.',
  'language-switch': 'From here on it thinks in another script.',
}

const signRange = (sign: ThinkingSign): MarkedRange => ({
  start: sign.start,
  end: sign.end,
  mark: { kind: 'sign', title: `${signWords(sign)}. ${signTitles[sign.kind]}` },
})

/** Each kind once: the first of it speaks for the others, the longest loop for all loops. */
function badges(signs: readonly ThinkingSign[]) {
  const kinds = ['self-correction', 'loop', 'language-switch'] as const
  return kinds.flatMap((kind) => {
    const found = signs.filter((sign) => sign.kind === kind)
    const sign = found.reduce<ThinkingSign | undefined>(
      (best, one) => (best?.kind === 'loop' && one.kind === 'loop' && one.times > best.times ? one : (best ?? one)),
      undefined,
    )
    if (sign === undefined) return []
    const again = kind !== 'loop' && found.length > 1 ? ` × ${found.length}` : ''
    return [{ key: kind, sign, words: `${signWords(sign)}${again}` }]
  })
}

/** Blank lines between steps are the step's, and need no room on the screen. */
const trimmedEnd = (raw: string, { start, end }: Section): number => start + raw.slice(start, end).trimEnd().length
