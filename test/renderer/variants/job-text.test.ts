import { describe, expect, it } from 'vitest'
import {
  amountText,
  nextText,
  paceText,
  silenceText,
  stoppedText,
} from '../../../renderer/screens/variants/job-text.ts'
import { gigabytes, memoryScale, scaleText } from '../../../renderer/screens/variants/memory-scale.ts'
import type { Job } from '../../../renderer/stores/jobs-slice.ts'
import { noPace } from '../../../renderer/stores/pace.ts'
import type { MemoryFit } from '#shared/domain/variant.ts'

const job = (more: Partial<Job>): Job => ({
  id: 1,
  request: { kind: 'pull', endpoint: 'ollama', name: 'a' },
  state: 'running',
  step: '',
  doneBytes: 0,
  totalBytes: null,
  share: null,
  pace: noPace,
  silentSeconds: null,
  error: null,
  made: null,
  ...more,
})

describe('what a row says of a pull', () => {
  it('counts in the unit of the whole', () => {
    expect(amountText({ doneBytes: 5.76e9, totalBytes: 9e9 })).toBe('5.76 of 9.00 GB')
    expect(amountText({ doneBytes: 90e6, totalBytes: 19.9e9 })).toBe('0.1 of 19.9 GB')
    expect(amountText({ doneBytes: 5e6, totalBytes: null })).toBe('5.00 MB')
    expect(amountText({ doneBytes: 0, totalBytes: null })).toBeNull()
    expect(amountText({ doneBytes: 0, totalBytes: 0 })).toBeNull()
  })

  it('tells a stall from a pace, and says nothing before it knows', () => {
    expect(paceText({ pace: { samples: [], bytesPerSecond: 41e6, secondsLeft: 80 } })).toBe(
      '41.0 MB/s, 1 min 20 s left',
    )
    expect(paceText({ pace: { samples: [], bytesPerSecond: 0, secondsLeft: null } })).toMatch(/nothing has come/)
    expect(paceText({ pace: noPace })).toBeNull()
  })

  it('says for how long nothing was heard, and what was being done', () => {
    expect(silenceText(job({ step: 'verifying sha256 digest', silentSeconds: 75 }))).toBe(
      'verifying sha256 digest: nothing heard for 1 min 15 s',
    )
    expect(silenceText(job({ silentSeconds: 10 }))).toBe('nothing heard for 10 s')
    expect(silenceText(job({ step: 'pulling manifest' }))).toBeNull()
  })

  it('says where it stopped, in the engine’s words, and what is kept', () => {
    const failed = job({
      state: 'failed',
      doneBytes: 11.2e9,
      totalBytes: 19.9e9,
      error: { code: 'DISK_FULL', message: 'Ollama says: no space left on device', hint: 'Free some disk space.' },
    })
    expect(stoppedText(failed)).toBe('The pull stopped at 11.2 of 19.9 GB: Ollama says: no space left on device')
    expect(nextText(failed)).toBe('What was pulled is kept. Free some disk space.')
  })

  it('claims nothing is kept where nothing came', () => {
    expect(nextText(job({ state: 'cancelled' }))).not.toMatch(/kept/)
    expect(stoppedText(job({ state: 'cancelled' }))).toBe('The pull was cancelled')
  })
})

describe('the scale of the memory bars', () => {
  const fit = (totalBytes: number, freeBytes = 0) => ({ totalBytes, freeBytes }) as MemoryFit

  it('does not change with what happens to be free', () => {
    expect(memoryScale([fit(5e9, 19e9)], 25.3e9)).toBe(32)
    expect(memoryScale([fit(5e9, 21e9)], 25.3e9)).toBe(32)
  })

  it('lets the largest go off the scale rather than making all others small', () => {
    expect(memoryScale([fit(31e9), fit(5e9)], 25.3e9)).toBe(32)
    expect(memoryScale([fit(145e9), fit(5e9)], 25.3e9)).toBe(64)
  })

  it('is that of the models where the machine would make nothing of them', () => {
    expect(memoryScale([fit(12.7e6), fit(10.1e6)], 25.3e9)).toBe(0.02)
    expect(scaleText(0.02)).toBe('20 MB')
    expect(memoryScale([fit(12.7e6), fit(5e9)], 25.3e9)).toBe(32)
    expect(scaleText(32)).toBe('32 GB')
  })

  it('shows everything where the machine is not known, however large', () => {
    expect(memoryScale([fit(145e9)], 0)).toBe(192)
    expect(memoryScale([fit(5000e9)], 0)).toBe(5000)
    expect(memoryScale([], 0)).toBe(1)
  })

  it.each([
    [36e6, '< 0.1'],
    [16.44e9, '16.4'],
    [99.96e9, '100'],
    [145.2e9, '145'],
  ])('writes %d bytes as %s', (size, words) => {
    expect(gigabytes(size)).toBe(words)
  })
})
