/** The names that people write. The browser's own decoder works through innerHTML, and the full list is 30 kB. */
const named: Readonly<Record<string, string>> = {
  ...{ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u{a0}', copy: '©', reg: '®', trade: '™', hellip: '…' },
  ...{ ndash: '–', mdash: '—', lsquo: '‘', rsquo: '’', ldquo: '“', rdquo: '”', laquo: '«', raquo: '»', bull: '•' },
  ...{ middot: '·', deg: '°', plusmn: '±', times: '×', divide: '÷', minus: '−', micro: 'µ', para: '¶', sect: '§' },
  ...{ le: '≤', ge: '≥', ne: '≠', asymp: '≈', infin: '∞', rarr: '→', larr: '←', harr: '↔', rArr: '⇒', euro: '€' },
}

/** In the place of the package of this name, for Markdown's `&name;`. What is not known stays as it was written. */
export const decodeNamedCharacterReference = (name: string): string | false =>
  Object.hasOwn(named, name) ? (named[name] ?? false) : false
