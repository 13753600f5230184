import type { Route } from '../../routing/route.ts'
import { TopBar } from '../../shell/topbar.tsx'
import { Bones } from '../../ui/region.tsx'

export function VariantsScreen({ route }: { readonly route: Route }) {
  return (
    <>
      <TopBar title="Variants" />
      <Bones key={route.place} />
    </>
  )
}
