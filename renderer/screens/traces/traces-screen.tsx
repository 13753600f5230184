import type { Route } from '../../routing/route.ts'
import { TopBar } from '../../shell/topbar.tsx'
import { Bones } from '../../ui/region.tsx'

export function TracesScreen({ route }: { readonly route: Route }) {
  return (
    <>
      <TopBar title="Traces" />
      <Bones key={route.place} />
    </>
  )
}
