import type { Route } from '../../routing/route.ts'
import { TopBar } from '../../shell/topbar.tsx'
import { Bones } from '../../ui/region.tsx'

export function SuitesScreen({ route }: { readonly route: Route }) {
  return (
    <>
      <TopBar title="Suites" />
      <Bones key={route.place} />
    </>
  )
}
