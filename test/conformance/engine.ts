import { describe, it } from 'vitest'
import { describeEnds } from './ends.ts'
import { describeFailures } from './failures.ts'
import { describeModels } from './models.ts'
import { openSession, type ConformanceCase, type EngineConformance } from './session.ts'
import { describeText } from './text.ts'
import { describeTokens } from './tokens.ts'

/**
 * Holds an adapter against the port. Call it at the top level of a test file, once an endpoint.
 * The engine is made once and shared by all cases but `close`.
 */
export function testEngine(options: EngineConformance): void {
  describe(`${options.name} keeps the engine port`, () => {
    const session = openSession(options)
    const check = (key: ConformanceCase, sentence: string, body: () => Promise<void>) => {
      const reason = options.skips?.[key]
      // oxlint-disable-next-line vitest/expect-expect -- the bodies, a file for each kind of case, assert
      it.skipIf(reason !== undefined)(`${sentence}${reason === undefined ? '' : ` (${reason})`}`, body)
    }
    describeModels(session, check)
    describeText(session, check)
    describeEnds(session, check)
    describeTokens(session, check)
    describeFailures(session, check)
  })
}
