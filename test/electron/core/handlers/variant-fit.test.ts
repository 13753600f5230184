import { expect, it, onTestFinished } from 'vitest'
import { openLab } from '#core/lab.ts'
import { variantsOf } from '#shared/domain/families.ts'
import { tempFolder } from '../../../fixtures/temp-folder.ts'

it('tells what a variant needs as it would be loaded: at no more than it was trained for', async () => {
  const lab = await openLab({ home: tempFolder(), env: { OLLAMA_HOST: '127.0.0.1:9' } })
  onTestFinished(() => lab.close())
  const ids = variantsOf(await lab.client['variants.list']({ refresh: true })).map(({ id }) => id)
  const needed = async (contextTokens: number, asTrained: boolean) => {
    const [fit] = await lab.client['variants.fit']({ variants: ids.slice(0, 1), contextTokens, asTrained })
    return fit
  }
  const [trained, asked, less] = [await needed(8192, true), await needed(8192, false), await needed(256, true)]
  expect([trained?.contextTokens, asked?.contextTokens, less?.contextTokens]).toEqual([512, 8192, 256])
  expect(trained?.kvCacheBytes).toBeLessThan(asked?.kvCacheBytes ?? 0)
})
