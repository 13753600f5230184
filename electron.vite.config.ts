import { resolve } from 'node:path'
import { defineConfig } from 'electron-vite'
import react from '@vitejs/plugin-react'

const at = (...parts: string[]) => resolve(import.meta.dirname, ...parts)

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
    plugins: [react()],
    build: {
      minify: true,
      // One style sheet: with several, the order of the layers would depend on which one loads first.
      cssCodeSplit: false,
      rolldownOptions: {
        input: { index: at('renderer/index.html') },
        output: {
          codeSplitting: {
            groups: [
              // Its configuration has to run with it, before any chunk that makes schemas.
              { name: 'zod', test: /node_modules[\\/]zod|zod-without-eval/ },
              // The order of the style layers is said in the theme: what every screen shares has to come with it.
              { name: 'shell', test: /renderer[\\/](theme|ui|shell|stores|client|routing|format|text)[\\/]/ },
            ],
          },
        },
      },
    },
  },
})
