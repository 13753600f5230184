import { cleanup, render, screen } from '@testing-library/react'
import { afterEach, expect, it } from 'vitest'
import { TagChart, tagSentence, type TagPoint } from '../../../renderer/charts/tag-chart.tsx'

afterEach(cleanup)

const accuracy = { value: 0.8, low: 0.7, high: 0.9 }
const point = (key: number, name: string, value: string, loss: number | null): TagPoint => ({
  key,
  name,
  brief: name,
  precision: name,
  value,
  n: 40,
  accuracy,
  loss: loss === null ? null : { value: loss, low: loss - 0.02, high: loss + 0.02 },
})
const points = [
  point(0, 'F16', 'near', null),
  point(1, 'Q4_K_M', 'near', 0.01),
  point(0, 'F16', 'far', null),
  point(1, 'Q4_K_M', 'far', 0.08),
]

it('plots losses, the measure that its title and the report have, and says them in words', () => {
  render(<TagChart points={points} lines={[1]} margin={0.02} />)
  expect(screen.getByText('loss, points')).toBeDefined()
  expect(screen.queryByText('right, %')).toBeNull()
  const said = [...document.querySelectorAll('g > title')].map(({ textContent }) => textContent)
  expect(said).toEqual([
    'Q4_K_M, near: loss +1.0 [−1.0, +3.0] points, n = 40',
    'Q4_K_M, far: loss +8.0 [+6.0, +10.0] points, n = 40',
  ])
  expect(tagSentence('distance', points)).toBe(
    'Loss against the reference by distance, with 95 % intervals. near, Q4_K_M: +1.0 [−1.0, +3.0] points; far, Q4_K_M: +8.0 [+6.0, +10.0] points.',
  )
})
