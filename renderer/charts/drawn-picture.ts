import { drawnText, type TextLine } from './drawn-text.ts'

/** Properties that a style sheet gives a drawing: they travel with it when it leaves the page. */
const carried = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'stroke-linecap',
  'opacity',
  'font-family',
  'font-size',
  'font-weight',
  'font-variant-numeric',
  'text-anchor',
  'paint-order',
  'shape-rendering',
  'visibility',
] as const

const namespace = 'http://www.w3.org/2000/svg'

export interface Picture {
  readonly width: number
  readonly height: number
  /** An SVG file that needs nothing else. */
  readonly text: string
}

/**
 * What is drawn in an element as a file of its own: its SVGs, and around them its texts, boxes and lines, in the colours and
 * letters that are seen now. So a table of strips is saved as it is a chart.
 */
export function drawnPicture(
  element: Element,
  { title, surface }: { readonly title: string; readonly surface: string },
): Picture {
  const frame = element.getBoundingClientRect()
  const [width, height] = [Math.ceil(frame.width), Math.ceil(frame.height)]
  const picture = make('svg', { xmlns: namespace, width, height, viewBox: `0 0 ${width} ${height}` })
  const name = make('title', {})
  name.textContent = title
  picture.append(name, make('rect', { width, height, fill: surface }))
  draw(element, picture, frame)
  return { width, height, text: new XMLSerializer().serializeToString(picture) }
}

type Box = Pick<DOMRect, 'x' | 'y' | 'width' | 'height'>

function draw(from: Element, to: Element, frame: DOMRect): void {
  const box = from.getBoundingClientRect()
  const style = getComputedStyle(from)
  if (style.display === 'none' || style.visibility === 'hidden' || isForReadersOnly(box, style)) return
  if (from instanceof SVGSVGElement) {
    to.append(drawnSvg(from, box, frame))
    return
  }
  to.append(...boxOf(box, style, frame), ...markBefore(from, box, frame))
  for (const child of from.childNodes) {
    if (child instanceof Element) draw(child, to, frame)
    else if (child instanceof Text) to.append(...drawnText(child).map((line) => textOf(line, style, frame)))
  }
}

/** Texts for people who do not see the screen stand on it in one pixel. */
const isForReadersOnly = (box: DOMRect, style: CSSStyleDeclaration): boolean =>
  box.width <= 1 && style.position === 'absolute' && style.overflow !== 'visible'

function drawnSvg(svg: SVGSVGElement, box: DOMRect, frame: DOMRect): Element {
  const copy = svg.cloneNode(true) as SVGSVGElement
  carryStyles(svg, copy)
  setAll(copy, { x: box.x - frame.x, y: box.y - frame.y, width: box.width, height: box.height })
  copy.setAttribute('overflow', getComputedStyle(svg).overflow)
  return copy
}

function carryStyles(from: Element, to: Element): void {
  const style = getComputedStyle(from)
  for (const name of carried) {
    const value = style.getPropertyValue(name)
    if (value !== '') to.setAttribute(name, value)
  }
  to.removeAttribute('class')
  to.removeAttribute('style')
  const children = [...to.children]
  for (const [index, child] of [...from.children].entries()) {
    const copied = children[index]
    if (copied !== undefined) carryStyles(child, copied)
  }
}

/** Its ground, the line around it, and the line below it. */
function boxOf(box: Box, style: CSSStyleDeclaration, frame: DOMRect): readonly Element[] {
  const [x, y] = [box.x - frame.x, box.y - frame.y]
  const around = lineAround(style)
  const out: Element[] = []
  if (isSeen(style.backgroundColor) || around !== null) {
    const inset = around === null ? 0 : around.width / 2
    const rect = make('rect', {
      x: x + inset,
      y: y + inset,
      width: Math.max(0, box.width - 2 * inset),
      height: Math.max(0, box.height - 2 * inset),
      rx: cornerOf(style.borderTopLeftRadius, box.height),
      fill: isSeen(style.backgroundColor) ? style.backgroundColor : 'none',
      ...(around === null ? {} : { stroke: around.colour, 'stroke-width': around.width }),
    })
    out.push(rect)
  }
  const below = Number.parseFloat(style.borderBottomWidth)
  if (around === null && below > 0 && isSeen(style.borderBottomColor)) {
    const at = y + box.height - below
    out.push(make('rect', { x, y: at, width: box.width, height: below, fill: style.borderBottomColor }))
  }
  return out
}

/** `50%` is of the box, any other is in pixels. */
const cornerOf = (radius: string, height: number): number =>
  Math.min(height / 2, radius.endsWith('%') ? height / 2 : Number.parseFloat(radius) || 0)

/** The disc, diamond or square that a style sheet puts before a name, in the middle of its line. */
function markBefore(element: Element, box: DOMRect, frame: DOMRect): readonly Element[] {
  const style = getComputedStyle(element, '::before')
  const [width, height] = [Number.parseFloat(style.width), Number.parseFloat(style.height)]
  if (style.content !== '""' || !(width > 0) || !(height > 0)) return []
  const x = box.x + (Number.parseFloat(style.marginLeft) || 0)
  const y = box.y + (box.height - height) / 2
  const marks = boxOf({ x, y, width, height }, style, frame)
  const turn = style.rotate === 'none' ? null : Number.parseFloat(style.rotate)
  if (turn !== null) {
    const centre = `${x - frame.x + width / 2} ${y - frame.y + height / 2}`
    for (const mark of marks) mark.setAttribute('transform', `rotate(${turn} ${centre})`)
  }
  return marks
}

/** A border on all sides, or a shadow that is drawn as one. */
function lineAround(style: CSSStyleDeclaration): { readonly colour: string; readonly width: number } | null {
  const width = Number.parseFloat(style.borderTopWidth)
  if (width > 0 && Number.parseFloat(style.borderLeftWidth) > 0 && isSeen(style.borderTopColor))
    return { colour: style.borderTopColor, width }
  const shadow = /^(.+?) 0px 0px 0px (\d+(?:\.\d+)?)px inset$/.exec(style.boxShadow)
  return shadow === null ? null : { colour: shadow[1] ?? '', width: Number(shadow[2]) }
}

const isSeen = (colour: string): boolean => colour !== '' && colour !== 'transparent' && !/[,/] ?0\)$/.test(colour)

function textOf({ text, left, baseline }: TextLine, style: CSSStyleDeclaration, frame: DOMRect): Element {
  const element = make('text', {
    x: left - frame.x,
    y: baseline - frame.y,
    fill: style.color,
    'font-family': style.fontFamily,
    'font-size': style.fontSize,
    'font-weight': style.fontWeight,
    'font-variant-numeric': style.fontVariantNumeric,
    // A space between two texts of a line belongs to one of them.
    'xml:space': 'preserve',
  })
  element.textContent = text
  return element
}

function make(name: string, attributes: Readonly<Record<string, string | number>>): Element {
  const element = document.createElementNS(namespace, name)
  setAll(element, attributes)
  return element
}

function setAll(element: Element, attributes: Readonly<Record<string, string | number>>): void {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value))
}
