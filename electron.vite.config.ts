import { resolve } from 'node:path'
import { defineConfig } from 'electron-vite'
import react from '@vitejs/plugin-react'

const at = (...parts: string[]) => resolve(import.meta.dirname, ...parts)

/**
 * KaTeX's style sheet as the page needs it: in a layer, since what stands outside of all layers wins over the theme, and with woff2
 * alone, which every browser that runs the page reads.
 */
const katexStyles = () => ({
  name: 'katex-styles',
  enforce: 'pre' as const,
  transform(code: string, id: string) {
    if (!/katex[^/]*\.css$/.test(id)) return null
    return `@layer components{${code.replaceAll(/,\s*url\([^)]*\.(?:woff|ttf)\)\s*format\([^)]*\)/g, '')}}`
  },
})

/** Native packages stay outside the bundle; everything else is pure JavaScript and goes in: a packaged app has no others. */
const native = ['node-llama-cpp', 'koffi']

export default defineConfig({
  main: {
    build: {
      externalizeDeps: false,
      minify: true,
      rolldownOptions: {
        input: {
          main: at('electron/main/main.ts'),
          'lab-process': at('electron/main/lab-process.ts'),
          server: at('electron/server/server.mjs'),
          cli: at('electron/cli/cli.mjs'),
          'builtin-worker': at('electron/core/engines/builtin/worker.ts'),
          'make-worker': at('electron/core/variants/make-worker.ts'),
        },
        external: native,
      },
    },
  },
  preload: {
    build: {
      externalizeDeps: false,
      rolldownOptions: {
        input: { preload: at('electron/preload/preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: at('renderer'),
    publicDir: at('resources/icons'),
    plugins: [react(), katexStyles()],
    resolve: { alias: { 'decode-named-character-reference': at('renderer/text/formatted/named-characters.ts') } },
    build: {
      minify: true,
      // The page may use no font from a data: address, and small files would become one.
      assetsInlineLimit: 0,
      // One style sheet: with several, the order of the layers would depend on which one loads first.
      cssCodeSplit: false,
      rolldownOptions: {
        input: { index: at('renderer/index.html') },
        output: {
          codeSplitting: {
            groups: [
              // The order of the style layers is said in the theme: what every screen shares has to come with it.
              {
                name: 'shell',
                test: /renderer[\\/](theme|ui|shell|stores|client|routing|format|text)[\\/](?!formatted)/,
              },
            ],
          },
        },
      },
    },
  },
})
