import type { Job, JobRequest } from '../../stores/jobs-slice.ts'
import { bytes, duration } from '../../format/numbers.ts'

/** What a job is about, as its row names it. */
export function jobName(request: JobRequest): string {
  switch (request.kind) {
    case 'pull':
      return request.name
    case 'make':
      return request.type
    case 'specimen':
      return `${request.precisions.length} precisions of the specimen`
    default:
      return request.variant
  }
}

export const jobVerb: Readonly<Record<JobRequest['kind'], string>> = {
  pull: 'pulling',
  make: 'making',
  specimen: 'making',
  load: 'loading',
  unload: 'unloading',
}

const nouns: Readonly<Record<JobRequest['kind'], string>> = {
  pull: 'pull',
  make: 'file',
  specimen: 'making',
  load: 'load',
  unload: 'unload',
}

/** `5.76 of 9.00 GB`, in the unit of the total. Null while nothing is known. */
export function amountText({ doneBytes, totalBytes }: Pick<Job, 'doneBytes' | 'totalBytes'>): string | null {
  if (totalBytes === null || totalBytes === 0)
    return doneBytes === 0 ? null : `${bytes(doneBytes).figure} ${bytes(doneBytes).unit}`
  const total = bytes(totalBytes)
  const factor = totalBytes / Number(total.figure)
  const digits = total.figure.split('.')[1]?.length ?? 0
  return `${(doneBytes / factor).toFixed(digits)} of ${total.figure} ${total.unit}`
}

/** `41 MB/s, 1 min 20 s left`. Null until it has been watched for some seconds. */
export function paceText({ pace: { bytesPerSecond, secondsLeft } }: Pick<Job, 'pace'>): string | null {
  if (bytesPerSecond === null) return null
  if (bytesPerSecond < 1) return 'nothing has come for some seconds'
  const { figure, unit } = bytes(bytesPerSecond)
  return `${figure} ${unit}/s${secondsLeft === null ? '' : `, ${duration(secondsLeft)} left`}`
}

/** What it was doing when it fell silent, and for how long: only who waits can know what is too long. Null while it speaks. */
export function silenceText({ step, silentSeconds }: Pick<Job, 'step' | 'silentSeconds'>): string | null {
  if (silentSeconds === null) return null
  return `${step === '' ? '' : `${step}: `}nothing heard for ${duration(silentSeconds)}`
}

/** What a row says of a job that has ended without its result. */
export function stoppedText(job: Job): string {
  const amount = amountText(job)
  const at = job.request.kind === 'pull' && amount !== null ? ` at ${amount}` : ''
  if (job.state === 'cancelled') return `The ${nouns[job.request.kind]} was cancelled${at}`
  const words = job.error?.message ?? 'it is not known why'
  return job.request.kind === 'pull' ? `The pull stopped${at}: ${words}` : words
}

/** What is kept, and what to do. */
export function nextText({ request, error, doneBytes }: Job): string {
  const kept = request.kind === 'pull' && doneBytes > 0 ? 'What was pulled is kept. ' : ''
  return `${kept}${error?.hint ?? (request.kind === 'pull' ? 'It can be taken up again.' : 'Nothing half made is left behind.')}`
}
