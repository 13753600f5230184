import type { Route } from '../../routing/route.ts'
import { TopBar } from '../../shell/topbar.tsx'
import { Bones } from '../../ui/region.tsx'

export function RefusalsScreen({ route }: { readonly route: Route }) {
  return (
    <>
      <TopBar title="Refusals" />
      <Bones key={route.place} />
    </>
  )
}
