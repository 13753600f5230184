import { useEffect, useState } from 'react'
import { TopBar } from './topbar.tsx'
import { useApp, useAppStore } from '../stores/use-app.ts'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/region.tsx'

const reloadedKey = 'assay-reloaded-for'
/** Called once a screen has been loaded: the next one that cannot be is worth a reload again. */
export const forgetReload = (): void => sessionStorage.removeItem(reloadedKey)

/**
 * Stands where a screen's code could not be fetched: the lab is away, or was built anew under an open page. Once the lab
 * answers, the page is loaded again at the same address; what fails twice in the same way is left to the reader.
 */
export function ScreenAway({ reason }: { readonly reason: string }) {
  const store = useAppStore()
  const connection = useApp((state) => state.connection)
  const [failedTwice] = useState(() => sessionStorage.getItem(reloadedKey) === reason)
  useEffect(() => {
    if (failedTwice || connection !== 'open') return
    // A connection may be gone before the page has noticed: an answer is proof.
    store.lab['settings.get']({}).then(
      () => {
        sessionStorage.setItem(reloadedKey, reason)
        window.location.reload()
      },
      () => {},
    )
  }, [store, connection, failedTwice, reason])
  const away =
    connection === 'refused'
      ? 'This screen is not here yet: open the address that the lab printed last.'
      : 'This screen is not here yet: the lab is away.'
  return (
    <>
      <TopBar title="Not loaded" />
      <div style={{ padding: 16 }}>
        <Notice
          kind={failedTwice ? 'error' : 'warn'}
          what={failedTwice ? 'This screen could not be loaded.' : away}
          why={failedTwice ? reason : 'It opens by itself as soon as the lab answers. Nothing is lost.'}
          copy={reason}
          actions={
            <Button size="small" onClick={() => window.location.reload()}>
              Reload
            </Button>
          }
        />
      </div>
    </>
  )
}
