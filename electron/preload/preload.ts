// Sandboxed, and CommonJS once built. A MessagePort cannot cross the context bridge, so the page asks for one and it is
// handed over by window.postMessage.
import { contextBridge, ipcRenderer } from 'electron'

contextBridge.exposeInMainWorld('assayHost', { kind: 'desktop' })

window.addEventListener('message', (event) => {
  if (event.source !== window || event.data !== 'assay:connect') return
  const { port1, port2 } = new MessageChannel()
  ipcRenderer.postMessage('assay:port', null, [port1])
  window.postMessage('assay:port', window.location.origin === 'null' ? '*' : window.location.origin, [port2])
})

ipcRenderer.on('assay:command', (_event, command: unknown) => {
  window.dispatchEvent(new CustomEvent('assay:command', { detail: command }))
})
