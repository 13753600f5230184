import { ask, load, specimen, specimenEngine } from '../electron/core/engines/builtin/specimen-engine.ts'
import { testEngine } from './engine.ts'
import type { EngineConformance } from './session.ts'

const options: Omit<EngineConformance, 'name' | 'make'> = {
  ref: specimen,
  load,
  prompt: ask('Compute 507 plus 508.'),
  maxTokens: 200,
  otherPrompt: ask('What is the capital of Ghana?'),
  longAnswerPrompt: ask('Compute 34 times 27.'),
  user: 'Which city is the capital of Belgium?',
  unknownRef: '/nowhere/at-all.gguf',
}

testEngine({ ...options, name: 'built-in', make: () => specimenEngine() })
testEngine({ ...options, name: 'built-in with two slots', make: () => specimenEngine({ slots: 2 }) })
