import type { Route } from '../../routing/route.ts'
import { TopBar } from '../../shell/topbar.tsx'
import { Bones } from '../../ui/region.tsx'

export function CompareScreen({ route }: { readonly route: Route }) {
  return (
    <>
      <TopBar title="Compare" />
      <Bones key={route.place} />
    </>
  )
}
