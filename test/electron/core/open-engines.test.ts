import { expect, it } from 'vitest'
import { openLab } from '#core/lab.ts'
import { tempFolder } from '../../fixtures/temp-folder.ts'

it.each(['ftp://gpu-box', 'nonsense::::'])(
  'a lab opens with OLLAMA_HOST=%s and says what is wrong with it',
  async (host) => {
    const lab = await openLab({ home: tempFolder(), env: { OLLAMA_HOST: host } })
    try {
      const ollama = (await lab.client['lab.doctor']({})).engines.find(({ endpoint }) => endpoint === 'ollama')
      expect(ollama).toMatchObject({ state: 'absent' })
      expect(JSON.stringify(ollama)).toMatch(/OLLAMA_HOST (is not an address|has the scheme ftp)/)
      await expect(lab.client['runs.list']({})).resolves.toEqual([])
      await expect(
        lab.client['runs.plan']({ suites: ['specimen-quick'], variants: ['ollama:specimen:f16'] }),
      ).rejects.toMatchObject({ code: 'ENGINE_ABSENT', hint: expect.stringContaining('Correct OLLAMA_HOST') })
    } finally {
      await lab.close()
    }
  },
)
