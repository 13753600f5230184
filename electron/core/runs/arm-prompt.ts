import type { Arm } from '#shared/domain/engine.ts'

const openTag = '<think>\n'
const emptyBlock = '<think>\n\n</think>\n\n'
const trailingOpen = /<think>\s*$/

/** The exact text one arm sends, and whether the model starts inside its thinking. */
export interface ArmPrompt {
  readonly text: string
  readonly startsInside: boolean
}

/**
 * Turns a prompt as the template wrote it into what an arm sends. `natural` leaves it alone: some templates open the
 * thinking themselves, and then natural and forced are the same text.
 */
export function armPrompt(rendered: string, arm: Exclude<Arm, 'chat'>): ArmPrompt {
  const bare = rendered.replace(trailingOpen, '')
  switch (arm) {
    case 'natural':
      return { text: rendered, startsInside: trailingOpen.test(rendered) }
    case 'forced':
      return { text: bare + openTag, startsInside: true }
    case 'suppressed':
      return { text: bare + emptyBlock, startsInside: false }
  }
}
