import type { EndReason, Split, ThinkState } from '../domain/trace.ts'

/** Changes whenever the same text could be split differently. Stored with every split. */
export const splitterVersion = 'split-1'

/** New text of the two parts, as far as it is certain not to be a tag. Leading white space of a part is left out. */
export interface SplitDelta {
  readonly thinking: string
  readonly answer: string
}

export interface SplitOptions {
  /** True where the prompt itself ends in an open `<think>` (the forced arm, and templates that open it). */
  readonly startsInside: boolean
}

/** Splits a text that arrives in pieces. The pieces may be cut anywhere, also inside a tag. */
export interface Splitter {
  /**
   * Takes the next piece and returns what can be shown of it. A live view, not the record: where a closing tag comes
   * without an opening one, what was shown as answer turns out to be thinking, and only `finish` says so.
   */
  push(text: string): SplitDelta
  /** What was held back because it could have become a tag. To be called when the stream has ended. */
  flush(): SplitDelta
  /** The split of everything that was pushed. Flushes what is left. */
  finish(endReason: EndReason): Split
}

const openTag = '<think>'
const closeTag = '</think>'
const anyTag = /<\/?think>/g

/** Where the text stands. `start`: nothing but white space so far. */
type Phase = 'start' | 'thinking' | 'answer'

/** A part without its leading white space; `start` is null until a visible character came. */
interface Part {
  start: number | null
  end: number
}

/** Everything known so far. Offsets are UTF-16 units from the beginning of the text. */
interface State {
  phase: Phase
  offset: number
  held: string
  opened: boolean
  closed: boolean
  leaked: boolean
  thinking: Part
  answer: Part
}

/** Starts a split. See README.md for the order in which the think states are decided. */
export function createSplitter({ startsInside }: SplitOptions): Splitter {
  const state: State = {
    phase: 'start',
    offset: 0,
    held: '',
    opened: startsInside,
    closed: false,
    leaked: false,
    thinking: { start: null, end: 0 },
    answer: { start: null, end: 0 },
  }
  const flush = (): SplitDelta => {
    const shown = { thinking: '', answer: '' }
    takeText(state, state.held, shown)
    state.held = ''
    return shown
  }
  return {
    push: (text) => push(state, text),
    flush,
    finish(endReason) {
      flush()
      return {
        thinkState: thinkStateOf(state, endReason),
        thinking: span(state.thinking, 0),
        answer: span(state.answer, state.offset),
        version: splitterVersion,
      }
    },
  }
}

/** Splits a whole text; equal to pushing it in any pieces. */
export function splitText(raw: string, options: SplitOptions & { readonly endReason: EndReason }): Split {
  const splitter = createSplitter(options)
  splitter.push(raw)
  return splitter.finish(options.endReason)
}

function push(state: State, text: string): SplitDelta {
  const shown = { thinking: '', answer: '' }
  // Most pieces are a token without a tag in sight.
  if (state.held === '' && !text.includes('<')) {
    takeText(state, text, shown)
    return shown
  }
  const buffer = state.held + text
  let at = 0
  for (const match of buffer.matchAll(anyTag)) {
    takeText(state, buffer.slice(at, match.index), shown)
    takeTag(state, match[0], shown)
    at = match.index + match[0].length
  }
  const safe = Math.max(at, buffer.length - partialTagLength(buffer))
  takeText(state, buffer.slice(at, safe), shown)
  state.held = buffer.slice(safe)
  return shown
}

/** Length of the longest end of `text` that could still become a tag. */
function partialTagLength(text: string): number {
  const at = text.lastIndexOf('<')
  if (at < 0 || text.length - at >= closeTag.length) return 0
  const tail = text.slice(at)
  return openTag.startsWith(tail) || closeTag.startsWith(tail) ? tail.length : 0
}

function takeText(state: State, text: string, shown: { thinking: string; answer: string }): void {
  if (text === '') return
  if (state.phase === 'start' && /\S/.test(text)) state.phase = state.opened ? 'thinking' : 'answer'
  if (state.phase !== 'start') {
    const part = state.phase
    shown[part] += append(state[part], text, state.offset)
  }
  state.offset += text.length
}

/** Appends to a part and returns what is visible of it: nothing before the first visible character. */
function append(part: Part, text: string, offset: number): string {
  part.end = offset + text.length
  if (part.start !== null) return text
  const first = text.search(/\S/)
  if (first < 0) return ''
  part.start = offset + first
  return text.slice(first)
}

function takeTag(state: State, tag: string, shown: { thinking: string; answer: string }): void {
  const role = tag === openTag ? openRole(state) : closeRole(state)
  switch (role) {
    case 'opens':
      state.opened = true
      state.phase = 'thinking'
      state.offset += tag.length
      return
    case 'closes-unopened':
      state.thinking = { ...state.answer }
      state.answer = { start: null, end: 0 }
      break
    case 'closes':
      break
    case 'leaks':
      state.leaked = true
      return takeText(state, tag, shown)
    case 'text':
      return takeText(state, tag, shown)
  }
  state.closed = true
  state.phase = 'answer'
  state.offset += tag.length
}

function openRole(state: State): 'opens' | 'text' | 'leaks' {
  if (state.phase === 'start') return 'opens'
  return state.phase === 'thinking' ? 'text' : 'leaks'
}

function closeRole(state: State): 'closes' | 'closes-unopened' | 'leaks' {
  if (state.phase === 'thinking') return 'closes'
  if (state.closed || state.leaked) return 'leaks'
  return state.opened ? 'closes' : 'closes-unopened'
}

function thinkStateOf(state: State, endReason: EndReason): ThinkState {
  if (state.leaked) return 'leaked'
  if (state.closed) {
    if (!state.opened) return 'no-open-tag'
    return state.thinking.start === null ? 'skipped' : 'normal'
  }
  if (!state.opened) return 'absent'
  return endReason === 'stop' ? 'unclosed' : 'budget-cut'
}

function span({ start, end }: Part, emptyAt: number): { start: number; end: number } {
  return start === null ? { start: emptyAt, end: emptyAt } : { start, end }
}
