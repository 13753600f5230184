import pc from 'picocolors'

type Paint = (text: string) => string

/** Colours by meaning, never by taste. Without colours every one returns its text as it is. */
export interface Style {
  readonly title: Paint
  readonly dim: Paint
  readonly pass: Paint
  readonly fail: Paint
  readonly open: Paint
  readonly error: Paint
  readonly command: Paint
}

export function makeStyle(colours: boolean): Style {
  const c = pc.createColors(colours)
  return { title: c.bold, dim: c.dim, pass: c.green, fail: c.red, open: c.yellow, error: c.red, command: c.cyan }
}

/** NO_COLOR and --no-color win, FORCE_COLOR comes next, then whether somebody looks at it. */
export function wantsColours(stream: { readonly isTTY?: boolean }, env: NodeJS.ProcessEnv, wanted: boolean): boolean {
  if (!wanted || (env['NO_COLOR'] ?? '') !== '') return false
  const forced = env['FORCE_COLOR']
  if (forced !== undefined && forced !== '') return forced !== '0' && forced !== 'false'
  return stream.isTTY === true && env['TERM'] !== 'dumb'
}
