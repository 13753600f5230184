import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openHome } from '#core/store/home.ts'
import { countingSuite, openRunLab } from '../fixtures/run-lab.ts'
import { scriptedEngine } from '../fixtures/scripted-engine.ts'
import { openBrowserLab, type BrowserLab } from './browser-lab.ts'
import { hasChromium, launchChromium } from './chromium.ts'

/** What each answer tries, and words that have to be read in it all the same. */
const answers: readonly { readonly text: string; readonly shown: RegExp }[] = [
  {
    text: '# Result\n\n**Bold** and `code`\n\n| a | b |\n| - | - |\n| 1 | 2 |\n\n- [x] done\n\nSo \\(x^2 = 4\\) and\n\\[\n\\boxed{2}\n\\]',
    shown: /Result/,
  },
  {
    text: '<script>window.hacked = 1</script> *a* <img src="https://evil.example/a.png" onerror="window.hacked=2">',
    shown: /<script>window\.hacked = 1<\/script>/,
  },
  {
    text: '<style>body{display:none}</style>\n\n<form action="https://evil.example"><button>go</button></form> *x*',
    shown: /<form/,
  },
  { text: '<iframe src="https://evil.example"></iframe> *x* <svg onload="window.hacked=3">', shown: /<iframe/ },
  {
    text: '[run](javascript:window.hacked=4) [data](data:text/html,<script>1</script>) [file](file:///etc/passwd)',
    shown: /javascript:/,
  },
  {
    text: '![a picture](https://evil.example/pixel.png) ![](data:image/png;base64,AAAA) ![r][r]\n\n[r]: https://evil.example/r.png',
    shown: /a picture/,
  },
  { text: '[click me](https://evil.example/%E2%80%AE?q=<b>) and <https://evil.example/auto>', shown: /click me/ },
  {
    text: '$\\href{javascript:window.hacked=5}{x}$ $\\url{https://evil.example}$ $\\includegraphics{https://evil.example/a.png}$ $\\htmlData{a=b}{x}$ $\\htmlStyle{color:red}{x}$ $\\htmlId{root}{y}$',
    shown: /href/,
  },
  {
    text: '$\\def\\a{\\b\\b}\\def\\b{\\c\\c\\c\\c}\\def\\c{\\a\\a\\a\\a}\\a$ $\\gdef\\x#1{\\x{#1#1}}\\x{a}$ *x*',
    shown: /\\def/,
  },
  {
    text: '$\\pmb{x}$ $\\fcolorbox{red}{blue}{x}$ $\\rule{500em}{500em}$ $\\kern-500em x$ $\\color{red}x$ $\\unknown{$',
    shown: /./,
  },
  { text: `$${'{'.repeat(1900)}x${'}'.repeat(1900)}$ *x* $\\frac${'{\\frac'.repeat(300)}$`, shown: /./ },
  { text: `${'> '.repeat(3000)}deep`, shown: /because its lists and quotes lie more than 24 deep/ },
  { text: '$ '.repeat(20_000), shown: /because a line of it is longer/ },
  { text: `*x* ${'long answer. '.repeat(9000)}`, shown: /because it is longer than 100,000 characters/ },
  { text: '$\\sum_{i=1}^{n} \\frac{i^2}{\\sqrt{i+1}} = x_{i}$ and *so on*\n\n'.repeat(290), shown: /so on/ },
  {
    text: `| ${'Identification | '.repeat(14)}\n|${'-|'.repeat(14)}\n| ${'4,683,073,184 | '.repeat(14)}`,
    shown: /4,683,073,184/,
  },
  { text: '[^1] note\n\n[^1]: text &amp; &copy; &notanentity; *x*\n\n[evil]: https://evil.example/b', shown: /note/ },
]

describe.skipIf(!hasChromium)('what a model writes', () => {
  let browser: Browser
  let app: BrowserLab
  let page: Page
  const home = mkdtempSync(join(tmpdir(), 'assay-hostile-'))

  beforeAll(async () => {
    const engine = scriptedEngine({
      precisions: ['F16', 'Q8_0'],
      reply: ({ input }) => {
        const asked = Number(/\d+/.exec(input.mode === 'raw' ? input.prompt : input.user)?.[0] ?? 0)
        return [`<think>\nHm, *so*.\n</think>\n\n${answers[asked]?.text ?? ''}`]
      },
    })
    const suite = countingSuite(answers.length)
    const lab = openRunLab([engine], suite, { path: openHome(home, {}).storePath })
    lab.store.suites.put(suite, 'user', 1)
    await lab.runToEnd({ variants: ['F16', 'Q8_0'] })
    await lab.close()
    browser = await launchChromium()
    app = await openBrowserLab(browser, { home })
    page = await app.open('#/bench')
  })
  afterAll(async () => {
    await app?.close()
    await browser?.close()
    rmSync(home, { recursive: true, force: true })
  })

  const answer = () =>
    page
      .getByRole('region', { name: /^Trace of/ })
      .first()
      .getByRole('group', { name: 'Answer', exact: true })
  const read = async (index: number) => {
    await page.evaluate((hash) => {
      window.location.hash = hash
    }, `#/traces/1?prompt=${index}`)
    const { text, shown } = answers[index] ?? { text: '', shown: /./ }
    if (!shown.source.startsWith('because')) {
      await expect.poll(() => answer().locator('[data-formatted]').count()).toBe(1)
    }
    await expect.poll(() => answer().textContent(), { message: text.slice(0, 80) }).toMatch(shown)
  }

  it.each(answers.map(({ text }, index) => [index, text.slice(0, 60)] as const))(
    'neither runs nor fetches anything, and is there to be read: %i %s',
    async (index) => {
      const startedMs = performance.now()
      await read(index)
      console.log(`answer ${index} shown after ${Math.round(performance.now() - startedMs)} ms`)
      const found = await answer().evaluate((element) => ({
        forbidden: [
          ...element.querySelectorAll('script, style, img, iframe, form, object, embed, link, a, input, svg[onload]'),
        ].map(({ outerHTML }) => outerHTML),
        events: [...element.querySelectorAll('*')]
          .flatMap(({ attributes }) =>
            [...attributes].filter(
              ({ name, value }) => /^on|^data-a$|^href$|^src$/.test(name) || value.startsWith('javascript:'),
            ),
          )
          .map(({ name }) => name),
        hacked: Reflect.get(window, 'hacked') ?? null,
        visible: getComputedStyle(document.body).display,
      }))
      // KaTeX draws roots and stretched arrows as pictures of its own; they have no addresses.
      expect(found).toEqual({ forbidden: [], events: [], hacked: null, visible: 'block' })
      expect(app.faults).toEqual([])
    },
  )

  it('is set: a heading, a table, a task and formulas', async () => {
    await read(0)
    expect(await answer().getByRole('heading', { name: 'Result' }).count()).toBe(1)
    expect(await answer().getByRole('cell', { name: '2' }).count()).toBe(1)
    expect(await answer().locator('[role=math] .katex').count()).toBe(2)
    const font = await answer()
      .locator('.katex')
      .first()
      .evaluate(async (element) => {
        await document.fonts.ready
        return `${getComputedStyle(element).fontFamily} ${document.fonts.check('12px KaTeX_Main')}`
      })
    expect(font).toMatch(/^"?KaTeX_Main.* true$/)
  })

  it('has tables whose words and figures stay whole: a wide one scrolls in itself', async () => {
    await read(answers.findIndex(({ text }) => text.includes('4,683,073,184')))
    const table = answer().getByRole('group', { name: 'Table' })
    const size = await table.evaluate((box) => ({
      hidden: box.scrollWidth - box.clientWidth,
      lines: Math.max(
        ...[...box.querySelectorAll('th, td')].map((cell) => {
          const words = document.createRange()
          words.selectNodeContents(cell)
          return words.getClientRects().length
        }),
      ),
    }))
    expect(size.lines).toBe(1)
    expect(size.hidden).toBeGreaterThan(0)
    await table.focus()
    await page.keyboard.press('ArrowRight')
    await expect.poll(() => table.evaluate((box) => box.scrollLeft)).toBeGreaterThan(0)
  })

  it('opens a link only after a question that shows the whole address', async () => {
    await read(6)
    const opened: string[] = []
    await page.context().route('https://evil.example/**', (route) => {
      opened.push(route.request().url())
      return route.fulfill({ body: 'there' })
    })
    const link = answer().getByRole('button', { name: 'click me' })
    await link.click()
    const question = page.getByRole('alertdialog')
    await question.getByText('https://evil.example/%E2%80%AE?q=%3Cb%3E').waitFor()
    await question.getByRole('button', { name: 'Keep' }).click()
    expect(opened).toEqual([])
    await link.click()
    const [other] = await Promise.all([
      page.context().waitForEvent('page'),
      question.getByRole('button', { name: 'Open' }).click(),
    ])
    await other.waitForLoadState()
    expect(await other.evaluate(() => window.opener === null)).toBe(true)
    expect(opened).toEqual(['https://evil.example/%E2%80%AE?q=%3Cb%3E'])
    await other.close()
  })

  it('is one key away from the text as it was written, and stays so after a reload', async () => {
    await read(0)
    await page.keyboard.press('a')
    await expect.poll(() => answer().textContent()).toContain('\\boxed{2}')
    expect(await answer().locator('[data-formatted]').count()).toBe(0)
    await expect.poll(async () => (await app.lab.client['settings.get']({})).answers).toBe('written')
    await page.reload()
    await expect.poll(() => answer().textContent()).toContain('**Bold**')
    await answer().getByRole('button', { name: 'Formatted' }).click()
    await expect.poll(() => answer().locator('[data-formatted]').count()).toBe(1)
  })

  it('stays as it was written where marks lie on it, and says so', async () => {
    await page.goto(`${app.server().origin}/#/traces/1?prompt=0&q=Bold`)
    await answer().getByText('as written: search hits').waitFor()
    expect(await answer().locator('mark').allTextContents()).toEqual(['Bold'])
    expect(await answer().locator('[data-formatted]').count()).toBe(0)
  })

  it('is formatted in a comparison, a lane and at once on both sides', async () => {
    await page.goto(`${app.server().origin}/#/compare/1/prompt/0`)
    await page.getByText('as written: word diff').first().waitFor()
    await page.goto(`${app.server().origin}/#/compare/1/prompt/0?view=text`)
    await expect.poll(() => page.locator('[data-formatted]').count()).toBe(2)
    await page.goto(`${app.server().origin}/#/runs/1?prompt=0`)
    await expect.poll(() => page.locator('[data-formatted]').count()).toBe(2)
    expect(app.faults).toEqual([])
  })
})
