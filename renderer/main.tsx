// The order of the style layers is said in tokens.css, and the first word counts.
import './theme/tokens.css'
import './theme/base.css'
import { CSPProvider } from '@base-ui/react/csp-provider'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { chooseTransport } from './client/connection.ts'
import { connectLab } from './client/lab-connection.ts'
import { createAppStore } from './stores/app-store.ts'
import { followChanges } from './stores/follow-changes.ts'
import { AppStoreContext } from './stores/use-app.ts'

const connection = connectLab(chooseTransport())
const store = createAppStore(connection.client, (callback) => requestAnimationFrame(callback))
connection.subscribe((state) => {
  const before = store.getState().connection
  store.getState().setConnection(state)
  // What was on the screen before the break may have changed since.
  if (state !== 'open') return
  if (before !== 'connecting') store.getState().invalidate(() => true)
  void followChanges(store)
})

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no #root')
createRoot(root).render(
  <CSPProvider disableStyleElements>
    <AppStoreContext value={store}>
      <App />
    </AppStoreContext>
  </CSPProvider>,
)
