import type { Route } from '../../routing/route.ts'
import { TopBar } from '../../shell/topbar.tsx'
import { Bones } from '../../ui/region.tsx'

export function BenchScreen({ route }: { readonly route: Route }) {
  return (
    <>
      <TopBar title="Bench" />
      <Bones key={route.place} />
    </>
  )
}
