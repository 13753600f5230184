import { createHash } from 'node:crypto'
import type { Comparison } from '#shared/domain/comparison.ts'
import { countText } from '#shared/domain/figures.ts'
import { html, type Markup } from '../markup.ts'
import { repeatCommand } from '../repeat-command.ts'
import type { ArmReport, ReportInput } from '../report-input.ts'
import { engineText, headline, limits, methods, namesOf, referenceName, settings } from '../report-text.ts'
import { verdictBoard } from './board.ts'
import { figuresTables, tagTable, thinkStateTable } from './figures-table.ts'
import { accuracyPlot, distanceGroups, distancePlot } from './forest.ts'
import { lostLists } from './lost-list.ts'
import { nameTag } from './marks.ts'
import { sizePlot } from './size-plot.ts'
import { reportStyle } from './style.ts'

/** The whole report in one file: no script, nothing fetched, opens from disk, light and dark, prints. */
export function htmlText(input: ReportInput): string {
  const { arms, run } = input
  const title = `Run ${run.id}: ${run.name} - Assay`
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <meta name="color-scheme" content="light dark" />
        <title>${title}</title>
        ${styleElement}
      </head>
      <body>
        <main>
          ${pageHead(input)} ${arms.map((arm) => armSections(arm, arms.length === 1))} ${methodSection(input)}
        </main>
      </body>
    </html> `
  return page.markup
}

/** All that one arm came to. */
function armSections(arm: ArmReport, onlyArm: boolean): Markup {
  const { comparison } = arm
  return html`${
      onlyArm
        ? null
        : html`<header class="arm">
            <h2>Arm: ${comparison.arm}</h2>
            ${outcome(comparison)}
          </header>`
    }
    <section class="region">
      <h2>Verdicts</h2>
      ${verdictBoard(comparison)}
    </section>
    <section class="region halves-region">
      <div class="halves">
        <div class="half">
          <h2>Accuracy<small>bars 95 %; dashed: ${referenceName(comparison)}</small></h2>
          ${accuracyPlot(comparison)}
        </div>
        <div class="half">
          <h2>Quality against size<small>bars 95 %</small></h2>
          ${sizePlot(comparison)}
        </div>
      </div>
    </section>
    ${distanceSection(comparison)}
    <section class="region">
      <h2>All figures</h2>
      ${figuresTables(comparison)}
      <p class="caption">
        Loss: accuracy of ${referenceName(comparison)} minus the variant's, on the same prompts. Length and speed: over
        all cells that ran to an end.
      </p>
    </section>
    ${tagSection(comparison)} ${lostSection(arm)}`
}

// Fixed text without `<`: it can stand unescaped, and to the byte, because its hash is in the policy.
const styleElement: Markup = { markup: `<style>${reportStyle}</style>` }
const policy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(reportStyle).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ')

function pageHead({ arms, run, assayVersion, createdAtMs }: ReportInput): Markup {
  const [{ comparison }, ...others] = arms
  const families = [...new Set(comparison.variants.map(({ runVariant }) => runVariant.variant.family))].join(', ')
  const samples = run.samples === 1 ? '1 sample' : `${countText(run.samples)} samples`
  return html`<header>
    <div class="brand">
      <svg viewBox="0 0 26 26" aria-hidden="true">
        <path d="M5 20L11 5" stroke-width="3" />
        <path d="M12 20L17 7.5" stroke-width="2" />
        <path d="M18 20l3.6-9" stroke-width="1.2" /></svg
      ><span>Assay ${assayVersion}</span><span>report of ${dayText(createdAtMs)}</span>
    </div>
    <h1>Run ${run.id}: <bdi>${run.name}</bdi></h1>
    <p class="facts">
      <bdi>${families}</bdi> on <bdi>${comparison.suite.name}</bdi>, ${countText(comparison.suite.n)} prompts,
      ${samples} each, ${others.length === 0 ? `arm ${comparison.arm}` : `arms ${run.arms.join(', ')}`}, run on
      ${dayText(run.startedAtMs ?? run.createdAtMs)}
    </p>
    ${others.length === 0 ? outcome(comparison) : null}
  </header>`
}

/** The result in one sentence, and what to bear in mind. */
function outcome(comparison: Comparison): Markup {
  const notes = comparison.notes.map((note) => html`<li>${note}</li>`)
  return html`<p class="headline">${headline(comparison)}</p>
    ${
      notes.length === 0
        ? null
        : html`<ul class="notes">
            ${notes}
          </ul>`
    }`
}

const dayText = (ms: number): string =>
  new Date(ms).toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' })

function distanceSection(comparison: Comparison): Markup {
  const heading = html`<h2>Loss by distance<small>points, bars 95 %, one axis; red: margin</small></h2>`
  if (distanceGroups(comparison).length === 0) {
    return html`<section class="region">
      ${heading}
      <p class="quiet">- No prompt of this suite carries a distance tag.</p>
    </section>`
  }
  return html`<section class="region">
    ${heading}${distancePlot(comparison)}
    <p class="caption">
      Distance: how far a prompt's wording is from what a model may have been trained on. Where the reference is right
      on few prompts, little can be lost and a small loss says little.
    </p>
  </section>`
}

function tagSection(comparison: Comparison): Markup {
  if (comparison.byTag.length === 0) return html``
  return html`<section class="region">
    <h2>Loss by tag<small>points [95 %]; not verdicts: no margin was set for parts of the suite</small></h2>
    <details>
      <summary>${tagSummary(comparison)}</summary>
      ${tagTable(comparison)}
    </details>
  </section>`
}

function tagSummary({ byTag }: Comparison): string {
  const tags = [...new Set(byTag.map(({ tag }) => tag))]
  return tags.map((tag) => `${tag} (${byTag.filter((group) => group.tag === tag).length})`).join(', ')
}

function lostSection({ comparison, lost }: ArmReport): Markup {
  return html`<section class="region">
      <h2>Lost prompts<small>right under ${referenceName(comparison)}, wrong under the variant</small></h2>
      ${lostLists(comparison, lost)}
    </section>
    <section class="region">
      <h2>Thinking</h2>
      ${thinkStateTable(comparison)}
    </section>`
}

/** How it was measured, and how to measure it again. */
const methodSection = (input: ReportInput): Markup =>
  html`${methodText(input)}
    <section class="region">
      <h2>Run</h2>
      ${settingsList(input)}
    </section>
    <section class="region">
      <h2>Digests</h2>
      ${digestList(input.arms[0].comparison)}
    </section>
    <section class="region">
      <h2>Again<small>the same run from a terminal</small></h2>
      <pre>${repeatCommand(input.run)}</pre>
    </section>
    <footer>Made on the machine it was measured on. This file holds no script and fetches nothing.</footer>`

const methodText = (input: ReportInput): Markup =>
  html`<section class="region">
    <h2>Method</h2>
    <div class="method">
      <div>
        <ul>
          ${methods(input).map((line) => html`<li>${line}</li>`)}
        </ul>
      </div>
      <div>
        <h3>What this does not show</h3>
        <ul>
          ${limits(input.arms[0].comparison).map((line) => html`<li>${line}</li>`)}
        </ul>
      </div>
    </div>
  </section>`

function settingsList(input: ReportInput): Markup {
  const engines = engineText(input)
  const rows = [
    ...settings(input),
    { name: 'Engines', value: engines.length === 0 ? '- not recorded' : engines.join(', ') },
  ]
  return html`<dl>
    ${rows.map(
      ({ name, value }) =>
        html`<dt>${name}</dt>
          <dd><bdi>${value}</bdi></dd>`,
    )}
  </dl>`
}

function digestList(comparison: Comparison): Markup {
  const names = namesOf(comparison)
  const digests = comparison.variants.map(
    ({ index, runVariant }) =>
      html`<dt>${nameTag(runVariant, names.get(index) ?? '')}</dt>
        <dd class="mono">${runVariant.variant.digest}</dd>`,
  )
  return html`<dl>${digests}</dl>`
}
