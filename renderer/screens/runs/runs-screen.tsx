import type { Route } from '../../routing/route.ts'
import { TopBar } from '../../shell/topbar.tsx'
import { Bones } from '../../ui/region.tsx'

export function RunsScreen({ route }: { readonly route: Route }) {
  return (
    <>
      <TopBar title="Runs" />
      <Bones key={route.place} />
    </>
  )
}
