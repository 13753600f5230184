import { useEffect } from 'react'
import { variantsOf } from '#shared/domain/families.ts'
import { go } from '../routing/use-route.ts'
import type { AppStore } from '../stores/app-store.ts'
import { useAppStore } from '../stores/use-app.ts'

const hasFiles = ({ dataTransfer }: DragEvent): boolean => dataTransfer?.types.includes('Files') === true
const isModel = ({ name }: File): boolean => /\.(gguf|safetensors|bin|pt|pth)$/i.test(name)

/** Takes files that are dropped anywhere: the page would otherwise be left for them. */
export function useDroppedFiles(): void {
  const store = useAppStore()
  useEffect(() => {
    const { setDragging, addImports } = store.getState()
    const over = (event: DragEvent) => {
      if (!hasFiles(event)) return
      event.preventDefault()
      setDragging(true)
    }
    // Leaving the window, not one element of it for the next.
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) setDragging(false)
    }
    const drop = (event: DragEvent) => {
      if (!hasFiles(event)) return
      event.preventDefault()
      setDragging(false)
      const files = [...(event.dataTransfer?.files ?? [])]
      const model = files.find(isModel)
      if (model !== undefined) void showModel(store, model)
      const suites = files.filter((file) => !isModel(file))
      if (suites.length === 0) return
      addImports(suites)
      go('suites', ['import'])
    }
    window.addEventListener('dragover', over)
    window.addEventListener('dragleave', leave)
    window.addEventListener('drop', drop)
    return () => {
      window.removeEventListener('dragover', over)
      window.removeEventListener('dragleave', leave)
      window.removeEventListener('drop', drop)
    }
  }, [store])
}

/** A page learns no path: a model that the lab has is shown, of another it is said how the lab gets it. */
async function showModel(store: AppStore, { name, size }: File): Promise<void> {
  const families = await store.lab['variants.list']({}).catch(() => [])
  const known = variantsOf(families).find(
    ({ ref, sizeBytes }) => ref.split(/[/\\]/).at(-1) === name && sizeBytes === size,
  )
  if (known !== undefined) return go('variants', [], { inspect: known.id })
  const how = /\.gguf$/i.test(name)
    ? 'Models are read where they lie: add its folder under Settings, Folders with GGUF files.'
    : 'Assay reads models as GGUF files.'
  store.getState().say(`${name} is not copied here. ${how}`, 'warn')
}
