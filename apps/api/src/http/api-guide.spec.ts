import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ERROR_CODES, type ErrorCodeEntry } from './error-codes.js';
import { RATE_LIMITS } from './rate-limiter.js';

const GUIDE = join(import.meta.dirname, '..', '..', '..', '..', 'docs', 'api.md');

describe('the guide to the API', () => {
  it('lists every error code as the API answers it, and no other', () => {
    const rows = readFileSync(GUIDE, 'utf8')
      .split('\n')
      .filter((line) => /^\| `\w+` +\| \d{3}/.test(line))
      .map((line) =>
        line
          .split('|')
          .slice(1, -1)
          .map((cell) => cell.trim()),
      );
    const table = Object.entries<ErrorCodeEntry>(ERROR_CODES).map(
      ([code, { status, title, advice }]) => [`\`${code}\``, String(status), title, advice],
    );
    expect(rows).toEqual(table);
  });

  it('names the rate limits as they are', () => {
    const guide = readFileSync(GUIDE, 'utf8');
    for (const { name, quota } of RATE_LIMITS) {
      const who = name.replace('-', ' ');
      expect(guide).toMatch(new RegExp(`${quota.toLocaleString('en')} for an? ${who}`));
    }
  });
});
