import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { SERVICE_ENVIRONMENT, SERVICE_FLAGS } from './service-memory.js';

it('has API and dispatcher use as little memory in a container as under npm start', async () => {
  const dockerfile = await readFile('Dockerfile', 'utf8');
  expect(dockerfile).toContain(`ENV NODE_OPTIONS=${SERVICE_FLAGS.join(' ')} MALLOC_ARENA_MAX=`);
  for (const [name, value] of Object.entries(SERVICE_ENVIRONMENT)) {
    expect(dockerfile).toContain(`${name}=${value}\n`);
  }
});
