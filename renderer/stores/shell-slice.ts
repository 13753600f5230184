import type { StateCreator } from 'zustand'
import type { ConnectionState } from '../client/lab-connection.ts'

/** Something that was done and can be taken back for a while. */
export interface Undoable {
  readonly id: number
  readonly text: string
  readonly undo: () => Promise<void>
}

export interface Said {
  readonly id: number
  readonly text: string
  readonly tone: 'done' | 'warn'
}

/** What belongs to no screen: the connection, the overlays, and what can be taken back. */
export interface ShellSlice {
  readonly connection: ConnectionState
  /** What the desktop says of the lab's process: it is being started again, or is left down. */
  readonly labProcess: 'up' | 'restarting' | 'down'
  readonly overlay: 'palette' | 'keys' | null
  /** The specimen's variants are being made for its first run. */
  readonly preparing: boolean
  readonly undoable: Undoable | null
  /** What was just done, where nothing on the screen shows it: something was copied. */
  readonly said: Said | null
  /** Files hover over the window. */
  readonly dragging: boolean
  /** Files on their way to suites: chosen, or dropped wherever one was. */
  readonly imports: readonly File[]
  setConnection(state: ConnectionState): void
  setLabProcess(state: ShellSlice['labProcess']): void
  setOverlay(overlay: ShellSlice['overlay']): void
  setPreparing(preparing: boolean): void
  offerUndo(text: string, undo: () => Promise<void>): void
  forgetUndo(id: number): void
  /** Takes back what can be taken back; does nothing where there is nothing. */
  takeBack(): Promise<void>
  say(text: string, tone?: Said['tone']): void
  unsay(id: number): void
  setDragging(dragging: boolean): void
  addImports(files: readonly File[]): void
  dropImport(file: File): void
}

export const createShellSlice: StateCreator<ShellSlice> = (set, get) => {
  let nextId = 1
  return {
    connection: 'connecting',
    labProcess: 'up',
    overlay: null,
    preparing: false,
    undoable: null,
    said: null,
    dragging: false,
    imports: [],
    setConnection: (connection) => set({ connection }),
    setLabProcess: (labProcess) => set({ labProcess }),
    setOverlay: (overlay) => set({ overlay }),
    setPreparing: (preparing) => set({ preparing }),
    offerUndo: (text, undo) => set({ undoable: { id: nextId++, text, undo } }),
    forgetUndo: (id) => set(({ undoable }) => (undoable?.id === id ? { undoable: null } : {})),
    async takeBack() {
      const { undoable } = get()
      if (undoable === null) return
      try {
        await undoable.undo()
      } catch {
        get().say('That could not be taken back.', 'warn')
      }
      get().forgetUndo(undoable.id)
    },
    say: (text, tone = 'done') => set({ said: { id: nextId++, text, tone } }),
    setDragging: (dragging) => set({ dragging }),
    addImports: (files) => set(({ imports }) => ({ imports: [...imports, ...files] })),
    dropImport: (file) => set(({ imports }) => ({ imports: imports.filter((other) => other !== file) })),
    unsay: (id) => set(({ said }) => (said?.id === id ? { said: null } : {})),
  }
}
