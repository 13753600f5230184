import type { ChartTable } from './chart-table.tsx'

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

/** A drawing of the page as a file of its own: colours and letters as they are seen now, on the surface behind it. */
export function svgText(
  svg: SVGSVGElement,
  { title, surface }: { readonly title: string; readonly surface: string },
): string {
  const { width, height } = drawnSize(svg)
  const copy = svg.cloneNode(true) as SVGSVGElement
  carryStyles(svg, copy)
  copy.setAttribute('xmlns', namespace)
  copy.setAttribute('width', String(width))
  copy.setAttribute('height', String(height))
  copy.setAttribute('viewBox', `0 0 ${width} ${height}`)
  copy.prepend(make('title', title), backdrop(width, height, surface))
  return new XMLSerializer().serializeToString(copy)
}

/** The same as a picture, at twice the size so that it stays sharp. */
export async function pngBlob(
  svg: SVGSVGElement,
  what: { readonly title: string; readonly surface: string },
): Promise<Blob> {
  const { width, height } = drawnSize(svg)
  const url = URL.createObjectURL(new Blob([svgText(svg, what)], { type: 'image/svg+xml' }))
  try {
    const image = new Image()
    image.src = url
    await image.decode()
    const canvas = document.createElement('canvas')
    canvas.width = 2 * width
    canvas.height = 2 * height
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
    return await new Promise<Blob>((resolve, reject) =>
      canvas.toBlob((blob) => (blob === null ? reject(new Error('the picture could not be made')) : resolve(blob))),
    )
  } finally {
    URL.revokeObjectURL(url)
  }
}

/** RFC 4180. A text that a spreadsheet would run as a formula gets an apostrophe before it. */
export function csvText({ columns, rows }: ChartTable): string {
  return [columns, ...rows].map((row) => row.map(csvField).join(',')).join('\r\n') + '\r\n'
}

function csvField(value: string | number | null): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** `Quality against size` of run 17: `run-17-quality-against-size`. */
export const chartFileName = (stem: string, title: string): string =>
  `${stem}-${title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')}`

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

function drawnSize(svg: SVGSVGElement): { readonly width: number; readonly height: number } {
  const { width, height } = svg.getBoundingClientRect()
  return { width: Math.ceil(width), height: Math.ceil(height) }
}

function make(name: string, text: string): Element {
  const element = document.createElementNS(namespace, name)
  element.textContent = text
  return element
}

function backdrop(width: number, height: number, surface: string): Element {
  const rect = document.createElementNS(namespace, 'rect')
  for (const [name, value] of Object.entries({ width, height, fill: surface })) rect.setAttribute(name, String(value))
  return rect
}
