import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openLab } from '#core/lab.ts'

it('calls the engines in its findings what the screens call them', async () => {
  const home = mkdtempSync(join(tmpdir(), 'assay-doctor-'))
  const lab = await openLab({ home, env: { OLLAMA_HOST: '127.0.0.1:9' } })
  try {
    const { findings } = await lab.client['lab.doctor']({})
    const names = findings.map(({ name }) => name)
    expect(names).toEqual(expect.arrayContaining(['built-in', 'Ollama']))
    expect(names).not.toContain('builtin')
  } finally {
    await lab.close()
    rmSync(home, { recursive: true, force: true })
  }
})
