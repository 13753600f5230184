import { HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import { EditorView } from '@codemirror/view'
import { tags } from '@lezer/highlight'

const key = { color: 'var(--text-1)', fontWeight: 'var(--weight-strong)' }
const comment = { color: 'var(--text-3)', fontStyle: 'italic' }
const sign = { color: 'var(--text-3)' }

/** The page's own tokens: both themes, and whatever a reader's system forces, come with them. */
export const codeTheme = [
  EditorView.theme({
    '&': { height: '100%', color: 'var(--text-2)', backgroundColor: 'var(--surface-sunken)' },
    '&.cm-focused': { outline: 'none' },
    '.cm-scroller': { font: 'var(--type-code)', fontVariantLigatures: 'none', lineHeight: '20px' },
    '.cm-content': { padding: '8px 0', caretColor: 'var(--text-1)' },
    '.cm-line': { padding: '0 16px 0 8px' },
    '.cm-cursor': { borderLeftColor: 'var(--text-1)' },
    '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'var(--surface-hover)' },
    '.cm-line.cm-bad, .cm-gutterElement.cm-bad': { backgroundColor: 'var(--state-error-tint)' },
    '.cm-gutterElement.cm-bad': {
      color: 'var(--state-error)',
      fontWeight: 'var(--weight-strong)',
      boxShadow: 'inset 3px 0 0 var(--state-error)',
    },
    '.cm-gutters': { color: 'var(--text-3)', backgroundColor: 'var(--surface-sunken)', border: '0', fontSize: '11px' },
    '.cm-lineNumbers .cm-gutterElement': { minWidth: '44px', padding: '0 12px 0 4px' },
    '.cm-content ::selection, .cm-line::selection': {
      backgroundColor: 'color-mix(in oklab, var(--accent), transparent 72%)',
    },
    '.cm-key': key,
    '.cm-comment': comment,
    '.cm-sign': sign,
    '.cm-lintRange-error': {
      backgroundImage: 'none',
      textDecoration: 'underline wavy var(--state-error) 1px',
      textUnderlineOffset: '3px',
    },
    '.cm-lintPoint-error::after': { borderBottomColor: 'var(--state-error)' },
    '.cm-said': {
      marginInlineStart: '24px',
      color: 'var(--state-error)',
      font: 'var(--type-small)',
      lineHeight: '20px',
    },
    '.cm-searchMatch': { backgroundColor: 'var(--hit)' },
    '.cm-searchMatch-selected': { outline: '1.5px solid var(--accent)', backgroundColor: 'var(--hit)' },
    '.cm-tooltip': {
      border: '0',
      borderRadius: 'var(--radius-2)',
      color: 'var(--text-1)',
      backgroundColor: 'var(--surface-overlay)',
      boxShadow: 'var(--elevation-2)',
    },
    '.cm-about': { font: 'var(--type-small)', padding: '6px 10px', maxWidth: '380px', whiteSpace: 'normal' },
    '.cm-about p': { margin: '0', color: 'var(--text-2)' },
    '.cm-about p:first-child': { whiteSpace: 'pre-wrap' },
    '.cm-about b': { color: 'var(--text-1)', fontFamily: 'var(--font-mono)' },
    '.cm-tooltip.cm-tooltip-autocomplete > ul': { font: 'var(--type-code)', maxHeight: '264px', minWidth: '220px' },
    '.cm-tooltip.cm-tooltip-autocomplete > ul > li': {
      display: 'flex',
      gap: '16px',
      padding: '2px 10px',
      lineHeight: '20px',
    },
    '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': {
      color: 'var(--text-1)',
      backgroundColor: 'var(--accent-tint)',
      boxShadow: 'inset 3px 0 0 var(--accent)',
    },
    '.cm-completionMatchedText': { textDecoration: 'none', fontWeight: 'var(--weight-strong)' },
    '.cm-completionDetail': {
      marginInlineStart: 'auto',
      color: 'var(--text-2)',
      font: 'var(--type-small)',
      fontStyle: 'normal',
      lineHeight: '20px',
      overflow: 'hidden',
      textOverflow: 'ellipsis',
    },
    '.cm-tooltip.cm-completionInfo': { padding: '0', margin: '0 4px' },
    '.cm-diagnostic': { font: 'var(--type-small)', padding: '4px 8px', maxWidth: '420px' },
    '.cm-diagnosticAction': {
      border: '0',
      color: 'var(--accent)',
      backgroundColor: 'transparent',
      font: 'inherit',
      textDecoration: 'underline',
    },
    '.cm-panels': { color: 'var(--text-2)', backgroundColor: 'var(--surface-panel)', zIndex: '3' },
    '.cm-panels-top': { borderBottom: '1px solid var(--line-2)' },
    '.cm-panel.cm-search': { font: 'var(--type-small)', padding: '4px 28px 4px 8px' },
    '.cm-panel.cm-search label': { fontSize: 'inherit' },
    '.cm-panel.cm-search [name=close]': { color: 'var(--text-2)', fontSize: '16px' },
    '.cm-textfield': {
      color: 'var(--text-1)',
      backgroundColor: 'var(--surface-app)',
      border: '1px solid var(--line-3)',
      borderRadius: 'var(--radius-2)',
      font: 'inherit',
    },
    '.cm-button': {
      color: 'var(--text-1)',
      background: 'var(--surface-panel)',
      border: '1px solid var(--line-3)',
      borderRadius: 'var(--radius-2)',
      font: 'inherit',
    },
  }),
  syntaxHighlighting(
    HighlightStyle.define([
      { tag: [tags.propertyName, tags.definition(tags.propertyName)], ...key },
      { tag: tags.comment, ...comment },
      { tag: [tags.punctuation, tags.separator, tags.bracket], ...sign },
    ]),
  ),
]
