import { fileURLToPath } from 'node:url';
import { format } from 'prettier';
import { expect, it } from 'vitest';
import { contractOf } from '../testing/contract-of-api.js';
import { openApiDocument } from '../testing/inputs-of-api.js';

const KEPT = fileURLToPath(new URL('../../../../libs/api-client/openapi.json', import.meta.url));

it(
  'the document that clients are generated from is the one that the API gives',
  { timeout: 60_000 },
  async () => {
    const text = JSON.stringify(contractOf(await openApiDocument()));
    await expect(await format(text, { parser: 'json' })).toMatchFileSnapshot(KEPT);
  },
);
