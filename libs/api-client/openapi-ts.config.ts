import { fileURLToPath } from 'node:url';
import { defineConfig } from '@hey-api/openapi-ts';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Writes `src/generated` from `openapi.json`, as part of the build. */
export default defineConfig({
  input: at('openapi.json'),
  logs: { level: 'warn', file: false },
  output: {
    path: at('src/generated'),
    module: { extension: '.js' },
    tsConfigPath: null,
  },
  plugins: [
    { name: '@hey-api/client-fetch', throwOnError: true },
    '@hey-api/typescript',
    { name: '@hey-api/sdk', responseStyle: 'data' },
    '@tanstack/react-query',
  ],
});
