/** A process on a machine where llama.cpp does not start. */
process.on('message', ({ id }: { readonly id?: number }) => {
  process.send?.({ kind: 'failed', id, error: { code: 'ENGINE_ABSENT', message: 'No luck.', hint: 'Use Ollama.' } })
})
