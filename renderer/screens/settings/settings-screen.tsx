import type { Route } from '../../routing/route.ts'
import { TopBar } from '../../shell/topbar.tsx'
import { Bones } from '../../ui/region.tsx'

export function SettingsScreen({ route }: { readonly route: Route }) {
  return (
    <>
      <TopBar title="Settings" />
      <Bones key={route.place} />
    </>
  )
}
