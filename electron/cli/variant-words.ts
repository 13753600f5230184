import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'

/** A file is named from where the user stands; any other word is a name that the lab knows. */
export async function variantWord(cwd: string, word: string): Promise<string> {
  const path = resolve(cwd, word)
  if (/^[^:]+\.gguf$/i.test(word)) return path
  const found = await stat(path).catch(() => null)
  return found?.isFile() === true ? `builtin:${path}` : word
}

/** `a,b` names two, as a shell's users expect of a list; a file with a comma in its name stays one. */
async function listedWords(cwd: string, word: string): Promise<readonly string[]> {
  const parts = word.split(',').filter((part) => part.trim() !== '')
  if (parts.length < 2) return [await variantWord(cwd, word)]
  const whole = await stat(resolve(cwd, word)).catch(() => null)
  if (whole?.isFile() === true) return [await variantWord(cwd, word)]
  return Promise.all(parts.map((part) => variantWord(cwd, part.trim())))
}

/** The words of a run's options that name variants, each as the lab knows it. */
export async function variantWords<T extends VariantOptions>(cwd: string, options: T): Promise<T> {
  const { variants, reference, judge } = options
  return {
    ...options,
    ...(variants === undefined
      ? {}
      : { variants: (await Promise.all(variants.map((word) => listedWords(cwd, word)))).flat() }),
    ...(reference === undefined ? {} : { reference: await variantWord(cwd, reference) }),
    ...(judge === undefined ? {} : { judge: await variantWord(cwd, judge) }),
  }
}

interface VariantOptions {
  readonly variants?: string[]
  readonly reference?: string
  readonly judge?: string
}
