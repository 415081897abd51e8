import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { expect, it } from 'vitest';
import { renderEnvExample } from './env-example.js';
import { loadConfig } from './load-config.js';

it('.env.example is what the settings table says; if not, run "npm run env:example"', () => {
  const file = new URL('../../../.env.example', import.meta.url);
  expect(readFileSync(file, 'utf8')).toBe(renderEnvExample());
});

it('.env.example with its lines uncommented is a valid configuration', () => {
  const uncommented = renderEnvExample().replaceAll(/^#([A-Z_]+=)/gm, '$1');
  const { host, egress } = loadConfig(parseEnv(uncommented));
  expect(host).toBe('127.0.0.1');
  expect(egress.allow).toEqual(['10.20.0.0/16', 'fd00:20::/32']);
});
