import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

interface Finding {
  readonly id: string
  readonly impact: string
  readonly nodes: readonly { readonly html: string }[]
}

/** What axe finds in the page. The library's focus guards are left out: hidden, reached by Tab, and handing the focus on at once. */
export const axeFindings = (page: Page): Promise<readonly Finding[]> =>
  page.evaluate<readonly Finding[]>(
    `${source};axe.run({exclude: ['[data-base-ui-focus-guard]']}, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa']}).then(({violations}) => violations)`,
  )

/** The serious ones among them, each in a line. */
export async function seriousFindings(page: Page): Promise<string[]> {
  const findings = await axeFindings(page)
  return findings
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(
      ({ id, nodes }) =>
        `${id}: ${nodes
          .slice(0, 3)
          .map(({ html }) => html.slice(0, 160))
          .join(' | ')}`,
    )
}
