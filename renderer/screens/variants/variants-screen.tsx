import { Download, Zap } from 'lucide-react'
import { useMemo, useRef } from 'react'
import { routeHash, type Route } from '../../routing/route.ts'
import { go, refine } from '../../routing/use-route.ts'
import { TopBar } from '../../shell/topbar.tsx'
import { useActions } from '../../actions/use-actions.ts'
import { Button, LinkButton } from '../../ui/button.tsx'
import { Split } from '../../ui/region.tsx'
import { CatalogueView } from './catalogue-view.tsx'
import { MakePanel } from './make-panel.tsx'
import { useVariants } from './use-variants.ts'
import { VariantPanel } from './variant-panel.tsx'
import { VariantsList } from './variants-list.tsx'
import { contextText, readQuery } from './variants-query.ts'
import styles from './variants.module.css'

/** `#/variants?inspect=…` and `#/variants/catalogue`. */
export function VariantsScreen({ route }: { readonly route: Route }) {
  return route.path[0] === 'catalogue' ? <CatalogueView route={route} /> : <ListScreen route={route} />
}

function ListScreen({ route }: { readonly route: Route }) {
  const query = useMemo(() => readQuery(route), [route])
  const data = useVariants(query.contextTokens)
  const panel = useRef<HTMLElement>(null)
  const catalogue = { ctx: contextText(query.contextTokens) }
  const close = () => refine({ inspect: undefined, make: undefined, tab: undefined })
  const isOpen = query.make !== null || query.inspect !== null
  useActions('variants', {
    pull: () => go('variants', ['catalogue'], catalogue),
    make: () => refine({ make: 'yes' }),
    close: isOpen ? close : undefined,
  })
  return (
    <>
      <TopBar
        title="Variants"
        actions={
          <>
            <Button size="small" aria-keyshortcuts="m" onClick={() => refine({ make: 'yes' })}>
              <Zap aria-hidden /> Make a variant
            </Button>
            <LinkButton
              kind="primary"
              size="small"
              aria-keyshortcuts="p"
              href={routeHash('variants', ['catalogue'], catalogue)}
            >
              <Download aria-hidden /> Pull
            </LinkButton>
          </>
        }
      />
      <div className={styles['view']}>
        <Split className={styles[isOpen ? 'with-panel' : 'alone']}>
          <VariantsList query={query} data={data} panel={panel} />
          {query.make !== null ? (
            <MakePanel panel={panel} query={query} all={data.all} close={close} />
          ) : (
            query.inspect !== null && (
              <VariantPanel
                key={query.inspect}
                panel={panel}
                id={query.inspect}
                query={query}
                data={data}
                close={close}
              />
            )
          )}
        </Split>
      </div>
    </>
  )
}
