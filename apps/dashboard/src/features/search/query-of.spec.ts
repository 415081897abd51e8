import { describe, expect, it } from 'vitest';
import { oneLine, queryOf } from './query-of.ts';

const EVENT = 'evt_01jdbfz1x0e9tvhkq6yv3m2c4p';

describe('what is searched for', () => {
  it('is an id as it was typed, and a pasted text with its lines', () => {
    expect(queryOf('  Ada Lovelace ')).toBe('Ada Lovelace');
    expect(queryOf('{\n  "learnerId": "l 1"\n}')).toBe('{\n  "learnerId": "l 1"\n}');
  });

  it('holds no key, token or cookie of a pasted curl', () => {
    const curl = `curl -X POST 'https://api.example/v1/events/${EVENT}' \\
  -H 'Authorization: Bearer eyJhbGciOi.J9.abc' -H "X-API-Key: sbk_abcdef" -b 'Cookie: a=b; c=d' \\
  --header 'authorization: Basic dXNlcjpwYXNz' --url-query token=whsec_c2VjcmV0 -d '{"sessionId": "s-1"}'`;
    const query = queryOf(curl);
    for (const secret of ['eyJ', 'sbk_', 'whsec_', 'a=b', 'dXNl']) {
      expect(query).not.toContain(secret);
    }
    expect(query).toContain(EVENT);
    expect(query).toContain('"sessionId": "s-1"');
  });

  it('of a text that no address can take, is the lines that name something', () => {
    const log = `${'nothing to see ü\n'.repeat(2_000)}"learnerId": "l-7"\n${'more\n'.repeat(3_000)}`;
    expect(queryOf(log)).toBe('"learnerId": "l-7"');
    expect(encodeURIComponent(queryOf('ü'.repeat(60_000))).length).toBeLessThan(10_000);
  });
});

it('a search shows several lines as one', () => {
  expect(oneLine('curl x \\\n  -H y\n')).toBe('curl x \\ -H y ');
});
