import type { ComputeEngine, Expression, MathJsonExpression } from '@cortex-js/compute-engine'

/** Compares expressions in LaTeX. Made by `loadMathematics`: the library behind it is large and loads only when needed. */
export interface Mathematics {
  /** Whether two expressions are equal; null where one cannot be read or is beyond the limits. */
  equal(left: string, right: string): boolean | null
}

/** What keeps a hostile expression from running for ever: the engine itself cannot be interrupted. */
const limits = { chars: 300, nodes: 200, exponent: 9999, factorial: 170, digits: 100 } as const

/** Functions whose cost is bounded by the limits above. Sums, products, integrals and limits are not among them. */
const allowedHeads = new Set(
  `Add Subtract Negate Multiply InvisibleOperator Divide Rational Power Sqrt Root Factorial Abs Exp Ln Log Lb Lg Sin Cos
   Tan Cot Sec Csc Arcsin Arccos Arctan Sinh Cosh Tanh Floor Ceil Max Min Complex Degrees Equal NotEqual Less LessEqual
   Greater GreaterEqual Tuple Triple Pair Single Sequence Delimiter List Set Interval Open Closed Matrix PlusMinus
   Measurement Union Intersection Element And Or Not Binomial GCD LCM Mod Text String Square Half`.split(/\s+/),
)

/** Points at which expressions with unknowns are compared. Irrational and spread, so that agreeing by chance is unlikely. */
const points = [0.7320508, 1.6180339, 2.2360679, 3.3166247] as const

/** Loads the mathematics library. Takes a moment; once a process is enough. */
export async function loadMathematics(): Promise<Mathematics> {
  const { ComputeEngine } = await import('@cortex-js/compute-engine')
  const engine = new ComputeEngine()
  return {
    equal(left, right) {
      const [a, b] = sameShape(tidy(left), tidy(right))
      if (a === b) return true
      if (!isBounded(engine, a) || !isBounded(engine, b)) return null
      const [first, second] = [a.split('='), b.split('=')].map((sides) => sides.map((side) => engine.parse(side)))
      return first?.length === 2 && second?.length === 2
        ? equalEquations(first, second)
        : equalExpressions(engine.parse(a), engine.parse(b))
    },
  }
}

/** Takes off what does not change the value: spacing, size, dollar signs, units in words, degree and percent signs. */
function tidy(latex: string): string {
  return latex
    .slice(0, limits.chars * 4)
    .replace(/\\(?:left|right|displaystyle|[,;:! ]|quad|qquad)(?![A-Za-z])/g, ' ')
    .replace(/\\[dt]frac/g, '\\frac')
    .replace(/[$]|\\[$%]|%|\^\s*\{?\s*\\circ\s*\}?/g, '')
    .replace(/(?<=[\d}])\s*\\(?:text|mathrm|textbf)\s*\{[^{}]*\}\s*$/, '')
    .replace(/\\(?:text|mathrm|textbf|mathbf)\s*\{([^{}]*)\}/g, '$1')
    .replace(/^([-+]?\d{1,3})((?:(?:\{,\}|,)\d{3})+)(?=\.\d|\s*$)/, (_, head: string, groups: string) =>
      head.concat(groups.replace(/\D/g, '')),
    )
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/\.$/, '')
}

/** `x = 5` against `5`: the name on the left says nothing, unless both sides name one. */
function sameShape(left: string, right: string): readonly [string, string] {
  const value = (text: string): string => text.replace(/^\s*[A-Za-z](?:_\{?\w+\}?)?\s*=(?!=)\s*/, '')
  if (left.includes('=') === right.includes('=')) return [left, right]
  return [value(left), value(right)]
}

function isBounded(engine: ComputeEngine, latex: string): boolean {
  if (latex === '' || latex.length > limits.chars || latex.split('|').length > 9) return false
  const count = { nodes: 0 }
  return isBoundedNode(engine.parse(latex, { form: 'raw' }).json, count, false)
}

function isBoundedNode(node: MathJsonExpression, count: { nodes: number }, inExponent: boolean): boolean {
  if (++count.nodes > limits.nodes) return false
  if (typeof node === 'number') return !inExponent || Math.abs(node) <= limits.exponent
  if (typeof node === 'string') return node.length <= limits.digits && (!inExponent || !/^[+-]?\d{5}/.test(node))
  if (!Array.isArray(node)) return 'num' in node && !inExponent && String(node.num).length <= limits.digits
  const [head, ...operands] = node as [MathJsonExpression, ...MathJsonExpression[]]
  if (typeof head !== 'string' || !allowedHeads.has(head)) return false
  const [first] = operands
  if (head === 'Factorial') return typeof first === 'number' && first >= 0 && first <= limits.factorial && !inExponent
  if (head === 'Binomial')
    return operands.every((part) => typeof part === 'number' && Math.abs(part) <= limits.factorial)
  // A tower of powers grows beyond any machine; one of unknowns is only evaluated at small points.
  if (head === 'Power' && inExponent && typeof first !== 'string') return false
  return operands.every((part, at) =>
    isBoundedNode(part, count, inExponent || (head === 'Power' && at === 1) || head === 'Exp'),
  )
}

function equalExpressions(a: Expression, b: Expression): boolean | null {
  if (!a.isValid || !b.isValid) return null
  const known = a.isEqual(b)
  if (known !== undefined) return known
  const unknowns = unknownsOf([a, b])
  const values = points.map((_, at) => [valueAt(a, unknowns, at), valueAt(b, unknowns, at)] as const)
  if (values.some(([x, y]) => x === null || y === null)) return a.isSame(b)
  return values.every(([x, y]) => x !== null && y !== null && isClose(x, y))
}

/** Equations are equal where their differences of sides are proportional, so that the same values satisfy them. */
function equalEquations(a: readonly Expression[], b: readonly Expression[]): boolean | null {
  const all = [...a, ...b]
  if (!all.every((side) => side.isValid)) return null
  const unknowns = unknownsOf(all)
  const ratios = points.map((_, at) => {
    const [p, q] = [difference(a, unknowns, at), difference(b, unknowns, at)]
    return p === null || q === null || q === 0 ? null : p / q
  })
  const [first] = ratios
  if (first === undefined || first === null || first === 0) return null
  return ratios.every((ratio) => ratio !== null && Math.abs(ratio - first) <= 1e-9 * Math.abs(first))
}

const unknownsOf = (expressions: readonly Expression[]): string[] => [
  ...new Set(expressions.flatMap((expression) => expression.unknowns)),
]

function difference(sides: readonly Expression[], unknowns: readonly string[], at: number): number | null {
  const [left, right] = sides.map((side) => valueAt(side, unknowns, at))
  return left && right && left.im === 0 && right.im === 0 ? left.re - right.re : null
}

interface Value {
  readonly re: number
  readonly im: number
}

function valueAt(expression: Expression, unknowns: readonly string[], at: number): Value | null {
  const chosen = unknowns.map((name, index) => [name, (points[(at + index) % points.length] ?? 1) + index * 0.377])
  const { re, im } = expression.subs(Object.fromEntries(chosen) as Record<string, number>).N()
  return Number.isFinite(re) && Number.isFinite(im) ? { re, im } : null
}

function isClose(a: Value, b: Value): boolean {
  const reach = 1e-9 * Math.max(1, Math.hypot(a.re, a.im), Math.hypot(b.re, b.im))
  return Math.hypot(a.re - b.re, a.im - b.im) <= reach
}
