import { describe, expect, it } from 'vitest'
import { precisionMark, precisionMarks } from '#shared/domain/precision-colours.ts'
import { precisionOrder } from '#shared/domain/precision.ts'

/** WCAG 2.2 relative luminance and contrast. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
const contrast = (a: string, b: string) => {
  const [high = 0, low = 0] = [luminance(a), luminance(b)].toSorted((x, y) => y - x)
  return (high + 0.05) / (low + 0.05)
}

describe('precisionMark', () => {
  it('knows every precision by name and keeps FP8 apart by its shape', () => {
    for (const name of precisionOrder) {
      const mark = precisionMark(name)
      expect(mark.slug).not.toBe('other')
      expect(mark.shape).toBe(name.startsWith('FP8') ? 'diamond' : 'disc')
    }
    expect(precisionMark('something new').slug).toBe('other')
  })

  it('is at least 3:1 against the surface in both themes', () => {
    for (const { light, dark } of precisionMarks) {
      expect(contrast(light, '#ffffff')).toBeGreaterThanOrEqual(3)
      expect(contrast(dark, '#1a1d20')).toBeGreaterThanOrEqual(3)
    }
  })

  it('falls in contrast from fine to coarse discs in both themes', () => {
    const discs = ['F16', 'BF16', 'Q8_0', 'Q5_K_M', 'Q4_K_M', 'Q2_K'].map((name) => precisionMark(name))
    const light = discs.map((mark) => contrast(mark.light, '#ffffff'))
    const dark = discs.map((mark) => contrast(mark.dark, '#1a1d20'))
    expect(light).toEqual(light.toSorted((a, b) => b - a))
    expect(dark).toEqual(dark.toSorted((a, b) => b - a))
  })
})
