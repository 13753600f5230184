import type { StateCreator } from 'zustand'
import type { LabClient, LabContract } from '#shared/contract/contract.ts'
import type { CallDef } from '#shared/contract/wire-types.ts'
import { dataOf, loading, pageError, type Loadable } from './loadable.ts'

export type CallName = { [K in keyof LabContract]: LabContract[K] extends CallDef ? K : never }[keyof LabContract]
export type CallInput<N extends CallName> = Parameters<LabClient[N]>[0]
export type CallOutput<N extends CallName> = Awaited<ReturnType<LabClient[N]>>

/** Answers that are kept; the ones asked for longest ago go first. */
const maxKept = 80

/** Everything the page reads, by question. Two screens that ask the same share one answer. */
export interface QuerySlice {
  readonly answers: ReadonlyMap<string, Loadable<unknown>>
  /** Asks unless an answer is there or on its way. */
  ask<N extends CallName>(name: N, input: CallInput<N>): void
  /** Marks answers as old, asks anew for those that are shown, forgets the others. */
  invalidate(matches: (name: CallName, input: unknown) => boolean): void
}

interface Question {
  readonly name: CallName
  readonly input: unknown
  /** How often it was asked, and which of these times was answered last. */
  asked: number
  answered: number
}

export const queryKey = (name: CallName, input: unknown): string => `${name} ${JSON.stringify(input)}`

export const createQuerySlice =
  (lab: LabClient, isShown: (key: string) => boolean): StateCreator<QuerySlice> =>
  (set, get) => {
    const questions = new Map<string, Question>()
    const put = (key: string, answer: Loadable<unknown> | null) =>
      set(({ answers }) => {
        const next = new Map(answers)
        next.delete(key)
        if (answer !== null) next.set(key, answer)
        for (const old of next.keys()) {
          if (next.size <= maxKept) break
          if (isShown(old)) continue
          next.delete(old)
          questions.delete(old)
        }
        return { answers: next }
      })

    const fetchAnswer = async (key: string, name: CallName, input: unknown) => {
      const question = questions.get(key) ?? { name, input, asked: 0, answered: 0 }
      questions.set(key, question)
      const turn = ++question.asked
      // An answer to a question that was forgotten meanwhile, or older than the one that is there, says nothing any more.
      const counts = () => questions.get(key) === question && turn > question.answered
      const call = lab[name] as (input: unknown) => Promise<unknown>
      try {
        const data = await call(input)
        if (counts()) put(key, { status: 'ready', data, stale: turn < question.asked })
        else return
      } catch (error) {
        if (!counts()) return
        put(key, { status: 'failed', error: pageError(error), data: dataOf(get().answers.get(key) ?? loading) })
      }
      question.answered = turn
    }

    return {
      answers: new Map(),
      ask(name, input) {
        const key = queryKey(name, input)
        if (get().answers.has(key)) return
        put(key, loading)
        void fetchAnswer(key, name, input)
      },
      invalidate(matches) {
        for (const [key, { name, input }] of questions) {
          if (!matches(name, input)) continue
          const answer = get().answers.get(key)
          if (!isShown(key)) {
            questions.delete(key)
            put(key, null)
          } else {
            if (answer?.status === 'ready') put(key, { ...answer, stale: true })
            void fetchAnswer(key, name, input)
          }
        }
      },
    }
  }
