import { useContext, useLayoutEffect, useRef } from 'react'
import { tinykeys } from 'tinykeys'
import { AppStoreContext } from '../stores/use-app.ts'
import { actions, type ActionName, type GroupName } from './actions.ts'
import type { Command } from '../stores/offers.ts'
import { keysAreFree } from './keys-are-free.ts'

/** Which keys are none to begin with. Left to itself, tinykeys ignores all that are pressed in a field; here keysAreFree decides. */
const ignore = ({ repeat, isComposing }: KeyboardEvent): boolean => repeat || isComposing

/** What can be done now; an action that is left out or undefined cannot. */
export type Runs<G extends GroupName> = { readonly [N in ActionName<G>]?: (() => void) | undefined }

/**
 * Offers a screen's actions while it is there: by their keys, and in the palette. Their words stand in actions.ts. Before the
 * paint, so that what can be seen can be worked: a key pressed at once is not lost.
 */
export function useActions<G extends GroupName>(group: G, runs: Runs<G>): void {
  const words = actions[group].words as Readonly<Record<string, readonly [label: string, keys?: string]>>
  const able = Object.entries(runs as Readonly<Record<string, (() => void) | undefined>>).flatMap(([name, run]) =>
    run === undefined || words[name] === undefined ? [] : [{ name, run, label: words[name][0], keys: words[name][1] }],
  )
  const commands = able.map(({ name, run, label, keys }): Command => ({
    id: `${group}:${name}`,
    group: actions[group].name,
    label,
    ...(keys !== undefined && { keys }),
    run,
  }))
  useOffer(actions[group].moves ? [] : commands)
  const offered = useLatest(commands)
  const store = useContext(AppStoreContext)
  const keys = [...new Set(able.flatMap((action) => action.keys ?? []))].join('\n')
  useLayoutEffect(() => {
    if (keys === '') return undefined
    const press = (key: string) => (event: KeyboardEvent) => {
      if (!keysAreFree(event, key)) return
      const own = offered.current.find((command) => command.keys === key)
      // What the screen does with a key goes before what is done with it anywhere.
      const another = group === 'anywhere' && store?.offered().some((one) => one.keys === key && one !== own)
      if (own === undefined || another === true) return
      event.preventDefault()
      own.run()
    }
    return tinykeys(window, Object.fromEntries(keys.split('\n').map((key) => [key, press(key)])), { ignore })
  }, [store, group, keys, offered])
}

/** Puts commands into the palette while the component is there. */
export function useOffer(commands: readonly Command[]): void {
  const store = useContext(AppStoreContext)
  const current = useLatest(commands)
  useLayoutEffect(() => store?.offer(() => current.current), [store, current])
}

function useLatest<T>(value: T) {
  const latest = useRef(value)
  useLayoutEffect(() => {
    latest.current = value
  })
  return latest
}
