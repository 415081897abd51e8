import { fileURLToPath } from 'node:url';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { precompress } from './precompress.ts';
import { preloadFont } from './preload-font.ts';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Where `npm run dev:dashboard` finds the API of `npm start`. */
const API = process.env.API_URL ?? 'http://127.0.0.1:8080';

/** A module that so many of the twenty-five files use which are loaded when they are needed comes with the first. */
const MANY_PAGES = 8;

export default defineConfig({
  root: at('.'),
  plugins: [react(), tailwindcss(), preloadFont(), precompress()],
  resolve: {
    alias: [
      {
        find: /^@schoolbell\/api-client\/queries$/,
        replacement: at('../../libs/api-client/src/queries.ts'),
      },
      { find: /^@schoolbell\/api-client$/, replacement: at('../../libs/api-client/src/index.ts') },
    ],
  },
  build: {
    outDir: at('../../dist/dashboard'),
    emptyOutDir: true,
    // A strict Content-Security-Policy forbids data: URLs, and files can be cached for ever.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'es2023',
    manifest: 'assets/manifest.json',
    // What many pages need is one file. Without this, each set of pages has a file of what only they share: there were
    // 149, of which Home asked for 54.
    rolldownOptions: {
      output: { codeSplitting: { groups: [{ name: 'shared', minShareCount: MANY_PAGES }] } },
    },
  },
  server: { proxy: { '^/(v1|docs|openapi.json|health)': API } },
});
