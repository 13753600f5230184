import type { StateCreator } from 'zustand'
import type { ConnectionState } from '../client/lab-connection.ts'

/** Something that was done and can be taken back for a while. */
export interface Undoable {
  readonly id: number
  readonly text: string
  readonly undo: () => Promise<void>
}

/** What belongs to no screen: the connection, the overlays, and what can be taken back. */
export interface ShellSlice {
  readonly connection: ConnectionState
  /** What the desktop says of the lab's process: it is being started again, or is left down. */
  readonly labProcess: 'up' | 'restarting' | 'down'
  readonly overlay: 'palette' | 'keys' | null
  readonly undoable: Undoable | null
  setConnection(state: ConnectionState): void
  setLabProcess(state: ShellSlice['labProcess']): void
  setOverlay(overlay: ShellSlice['overlay']): void
  offerUndo(text: string, undo: () => Promise<void>): void
  forgetUndo(id: number): void
}

export const createShellSlice: StateCreator<ShellSlice> = (set) => {
  let nextId = 1
  return {
    connection: 'connecting',
    labProcess: 'up',
    overlay: null,
    undoable: null,
    setConnection: (connection) => set({ connection }),
    setLabProcess: (labProcess) => set({ labProcess }),
    setOverlay: (overlay) => set({ overlay }),
    offerUndo: (text, undo) => set({ undoable: { id: nextId++, text, undo } }),
    forgetUndo: (id) => set(({ undoable }) => (undoable?.id === id ? { undoable: null } : {})),
  }
}
