import { describe, expect, it } from 'vitest'
import { columnTracks } from '../../../renderer/ui/column-tracks.ts'

const tracks = ['72px', 'minmax(100px, 1fr)', 'minmax(100px, 3fr)']

describe('the columns of a grid', () => {
  it('get what their texts need before anything is shared, the fixed ones too', () => {
    expect(columnTracks(tracks, [96, 240, 0], 800)).toBe('96px minmax(240px, 1fr) minmax(100px, 3fr)')
  })

  it('grow towards their need from what they take at least, where there is not enough for all', () => {
    expect(columnTracks(tracks, [96, 240, 600], 800)).toBe(
      'minmax(72px, 96px) minmax(100px, 240px) minmax(100px, 600px)',
    )
  })

  it('stop at what they may take at most only while another is cut', () => {
    const capped = ['minmax(84px, 150px)', 'minmax(160px, 1fr)']
    expect(columnTracks(capped, [240, 900], 600)).toBe('minmax(84px, 150px) minmax(160px, 900px)')
    expect(columnTracks(capped, [240, 300], 600)).toBe('240px minmax(300px, 1fr)')
  })

  it('are as they were laid out where there is no room to give, or none is known', () => {
    expect(columnTracks(tracks, [96, 240, 600], 272)).toBe(tracks.join(' '))
    expect(columnTracks(tracks, [], 0)).toBe(tracks.join(' '))
  })
})
