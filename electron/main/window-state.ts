import { readFileSync, writeFileSync } from 'node:fs'
import * as z from 'zod'

const stateSchema = z.object({
  x: z.int().optional(),
  y: z.int().optional(),
  width: z.int().min(640).max(20_000),
  height: z.int().min(480).max(20_000),
  maximized: z.boolean(),
})
export interface WindowState {
  readonly x?: number
  readonly y?: number
  readonly width: number
  readonly height: number
  readonly maximized: boolean
}

interface Area {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

const initial: WindowState = { width: 1440, height: 900, maximized: false }

/** The window as it was left, if that place still is on a screen; else the first size, placed by the system. */
export function readWindowState(path: string, screens: readonly Area[]): WindowState {
  const state = parse(path)
  if (state === null) return initial
  const { x, y, ...size } = state
  if (x === undefined || y === undefined) return size
  const visible = screens.some(
    (area) => x >= area.x - 8 && y >= area.y - 8 && x < area.x + area.width - 80 && y < area.y + area.height - 40,
  )
  return visible ? state : size
}

function parse(path: string): WindowState | null {
  try {
    const state = stateSchema.parse(JSON.parse(readFileSync(path, 'utf8')))
    const { x, y, ...size } = state
    return x === undefined || y === undefined ? size : { ...size, x, y }
  } catch {
    return null // never saved, or damaged: the first size will do
  }
}

export const writeWindowState = (path: string, state: WindowState): void => writeFileSync(path, JSON.stringify(state))
