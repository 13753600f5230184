/** A process that has lost its mind: it answers every request with what no protocol knows. */
process.on('message', (message: { readonly id?: number }) => {
  process.send?.({ kind: 'text', id: message.id, pieces: [{ text: 5, tokenCount: -1, tokens: 'none', atMs: 'now' }] })
})
