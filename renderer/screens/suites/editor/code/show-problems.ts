import { setDiagnostics, type Diagnostic } from '@codemirror/lint'
import {
  RangeSet,
  StateEffect,
  StateField,
  type EditorState,
  type Extension,
  type Range,
  type Text,
} from '@codemirror/state'
import { Decoration, EditorView, GutterMarker, gutterLineClass, WidgetType, type DecorationSet } from '@codemirror/view'
import { placeText, problemText, type PlacedProblem } from '../place-problems.ts'

const tell = StateEffect.define<readonly PlacedProblem[]>()

/** Marks the words that problems point at, tints their lines, and says the first of each line after its end. */
export function showProblems(view: EditorView, problems: readonly PlacedProblem[], canFix: boolean): void {
  const { doc } = view.state
  const diagnostics = problems.map((problem): Diagnostic => {
    const from = placeOf(doc, problem)
    const to = Math.min(doc.lineAt(from).to, from + problem.length)
    const { fix } = problem
    return {
      from,
      to,
      severity: 'error',
      message: `${placeText(problem)} ${problemText(problem)}`,
      ...(canFix &&
        fix !== null && {
          actions: [
            {
              name: `Change to ${fix}`,
              apply: (target, start, end) =>
                target.dispatch({ changes: { from: start, to: end, insert: fix }, userEvent: 'input' }),
            },
          ],
        }),
    }
  })
  view.dispatch(setDiagnostics(view.state, diagnostics), { effects: tell.of(problems) })
}

/** Where a line and column lie, from 1; beyond the text or the line its end. */
export function placeOf(doc: Text, { line, column }: { readonly line: number; readonly column: number }): number {
  const { from, to } = doc.line(Math.max(1, Math.min(doc.lines, line)))
  return Math.min(to, from + Math.max(0, column - 1))
}

class Said extends WidgetType {
  readonly #words: string

  constructor(words: string) {
    super()
    this.#words = words
  }

  override eq(other: Said): boolean {
    return other.#words === this.#words
  }

  override toDOM(): HTMLElement {
    const said = document.createElement('span')
    said.className = 'cm-said'
    // The list below the text says it to screen readers.
    said.ariaHidden = 'true'
    said.textContent = this.#words
    return said
  }
}

const badLine = Decoration.line({ class: 'cm-bad' })
const badNumber = new (class extends GutterMarker {
  override elementClass = 'cm-bad'
})()

interface Shown {
  readonly lines: DecorationSet
  readonly numbers: RangeSet<GutterMarker>
}

function shownOf(state: EditorState, problems: readonly PlacedProblem[]): Shown {
  const { doc } = state
  const byLine = Map.groupBy(problems, (problem) => doc.lineAt(placeOf(doc, problem)).number)
  const lines: Range<Decoration>[] = []
  const numbers: Range<GutterMarker>[] = []
  for (const [number, [first, ...more]] of byLine) {
    if (first === undefined) continue
    const line = doc.line(number)
    const said = problemText({ message: first.message, expected: null })
    const words = more.length === 0 ? said : `${said} And ${more.length} more.`
    lines.push(badLine.range(line.from), Decoration.widget({ widget: new Said(words), side: 1 }).range(line.to))
    numbers.push(badNumber.range(line.from))
  }
  return { lines: Decoration.set(lines, true), numbers: RangeSet.of(numbers, true) }
}

/** The marks move with the text until the next check says where they are. */
export const problemMarks: Extension = StateField.define<Shown>({
  create: () => ({ lines: Decoration.none, numbers: RangeSet.empty }),
  update({ lines, numbers }, { changes, effects, state }) {
    for (const effect of effects) if (effect.is(tell)) return shownOf(state, effect.value)
    return { lines: lines.map(changes), numbers: numbers.map(changes) }
  },
  provide: (field) => [
    EditorView.decorations.from(field, ({ lines }) => lines),
    gutterLineClass.from(field, ({ numbers }) => numbers),
  ],
})
