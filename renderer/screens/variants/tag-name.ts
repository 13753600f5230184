/** `[host/][namespace/]model[:tag]`, as Ollama takes names. A scheme is not part of one. */
const tagPattern = /^(?:\w[\w.-]*(?::\d+)?\/)?(?:\w[\w.-]*\/)?\w[\w.-]*(?::\w[\w.-]*)?$/

/** What Ollama fills in, left out; it treats names in upper and lower case as the same. */
const plain = (name: string): string => {
  const short = name.replace(/^registry\.ollama\.ai\//, '').replace(/^library\//, '')
  return (short.includes(':', short.lastIndexOf('/') + 1) ? short : `${short}:latest`).toLowerCase()
}

/** Why a name will not do as a new tag, or null. A tag that exists would be replaced, and its digest in runs with it. */
export function tagProblem(name: string, taken: readonly string[]): string | null {
  if (!tagPattern.test(name)) return 'A name such as specimen:q4_K_M: letters, digits, . - _ and one colon.'
  return taken.some((tag) => plain(tag) === plain(name)) ? 'This tag exists: it would be replaced.' : null
}

/** Why a name cannot be pulled, or null. What exists may be pulled again: Ollama then looks whether it is the newest. */
export function pullProblem(name: string): string | null {
  return tagPattern.test(name.replace(/^https?:\/\//, '')) ? null : 'A name such as deepseek-r1:7b-qwen-distill-q4_K_M.'
}
