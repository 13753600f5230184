import { useContext } from 'react'
import { AppStoreContext } from '../stores/use-app.ts'

/** Copies a text and says so, or that it could not: copying is seen nowhere else. */
export function useCopy(): (text: string, done?: string) => void {
  const store = useContext(AppStoreContext)
  const copy = async (text: string, done: string) => {
    try {
      await navigator.clipboard.writeText(text)
      store?.getState().say(done)
    } catch {
      store?.getState().say('Not copied: the clipboard cannot be written from here.', 'warn')
    }
  }
  return (text, done = 'Copied') => void copy(text, done)
}
