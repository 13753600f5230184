import type { LlamaModel, Token } from 'node-llama-cpp'

/** Tokens of a text, special tokens parsed, nothing added. */
export function tokenize(model: LlamaModel, text: string | readonly number[]): Token[] {
  return typeof text === 'string' ? model.tokenize(text, true) : (text.slice() as Token[])
}

/** Tokens of a prompt with BOS in front where the model wants one: once, even where the text brought its own. */
export function tokenizePrompt(model: LlamaModel, prompt: string | readonly number[]): Token[] {
  const tokens = tokenize(model, prompt)
  const { bos, shouldPrependBosToken } = model.tokens
  return bos === null || !shouldPrependBosToken || tokens[0] === bos ? tokens : [bos, ...tokens]
}
