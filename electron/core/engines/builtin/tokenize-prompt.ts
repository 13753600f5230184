import type { LlamaModel, Token } from 'node-llama-cpp'
import type { Detokenize } from './piece-maker.ts'

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

export interface TokenTexts {
  /** Text of a token on its own, special ones as they are. */
  readonly one: (token: number) => string
  readonly many: Detokenize
}

/**
 * Text of tokens. Byte-pair vocabularies have one text a token wherever it stands, so it is asked for once;
 * others write or leave out a space by what stands before.
 */
export function tokenTexts(model: LlamaModel, vocabularyIsBytePair: boolean): TokenTexts {
  const known = new Map<number, string>()
  const one = (token: number): string => {
    let text = known.get(token)
    if (text === undefined) known.set(token, (text = model.detokenize([token as Token], true)))
    return text
  }
  return {
    one,
    many(tokens, before) {
      const [first] = tokens
      if (vocabularyIsBytePair && tokens.length === 1 && first !== undefined) return one(first)
      return model.detokenize(tokens as Token[], true, vocabularyIsBytePair ? [] : (before as Token[]))
    },
  }
}
