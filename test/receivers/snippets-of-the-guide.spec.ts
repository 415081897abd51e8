import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FORMATS, type WireFormat } from '@schoolbell/formats';
import { generateSecret } from '@schoolbell/signing';
import { describe, expect, it } from 'vitest';
import { FORMAT_GUIDES } from '../../apps/dashboard/src/features/guide/formats/format-guides.ts';
import {
  LANGUAGES,
  type Language,
  snippetOf,
} from '../../apps/dashboard/src/features/guide/verify/languages.ts';
import type { SignatureScheme } from '../../apps/dashboard/src/features/guide/verify/signature-scheme.ts';
import { renderFor, type WebhookPart } from './support/render-for.js';
import { askSnippet, isAtHand, type Question } from './support/snippet-runners.js';

const HEX: SignatureScheme = {
  kind: 'body',
  header: 'X-AllureConnect-Signature',
  encoding: 'hex',
  prefix: '',
};
/** A webhook's own signature, with everything that could break a literal of some language. */
const OWN = { header: 'X-Signature', encoding: 'base64', prefix: `"'\\#{1}\${2}$x=` } as const;

const SCHEMES: { title: string; scheme: SignatureScheme; webhook: WebhookPart }[] = [
  { title: 'hexadecimal', scheme: HEX, webhook: { format: 'allureconnect' } },
  {
    title: 'hexadecimal behind a prefix',
    scheme: { kind: 'body', header: 'X-Hub-Signature-256', encoding: 'hex', prefix: 'sha256=' },
    webhook: { format: 'docebo' },
  },
  {
    title: 'in a header, encoding and prefix of the webhook’s own',
    scheme: { kind: 'body', ...OWN },
    webhook: { format: 'allureconnect', formatSettings: { signature: OWN } },
  },
  {
    title: 'by Standard Webhooks',
    scheme: { kind: 'standard' },
    webhook: { format: 'standard-webhooks' },
  },
];

const MINUTE_MS = 60_000;
const secret = generateSecret();

/** Requests that a receiver must accept or refuse, by what is wrong with them. */
function questionsFor(webhook: WebhookPart, { kind }: SignatureScheme) {
  const ask = (now = Date.now(), secrets: WebhookPart['secrets'] = { current: secret }) => {
    const { headers, body } = renderFor({ ...webhook, secrets }, 0, now);
    return { headers: Object.fromEntries(headers), body: Buffer.from(body), secret };
  };
  const tampered = ask();
  tampered.body[tampered.body.indexOf('10291')]! ^= 1;
  const rotated = {
    current: generateSecret(),
    previous: secret,
    previousExpiresAt: new Date(Date.now() + MINUTE_MS),
  };
  const taken: Record<string, Question> = {
    'as it was sent': ask(),
    ...(kind === 'standard' && {
      'with the previous secret, during a rotation': ask(Date.now(), rotated),
      'four minutes old': ask(Date.now() - 4 * MINUTE_MS),
    }),
  };
  const refused: Record<string, Question> = {
    'with a byte of the body changed': tampered,
    'with another secret': { ...ask(), secret: generateSecret() },
    'without any header': { ...ask(), headers: {} },
    ...(kind === 'standard' && {
      'with an old timestamp': ask(Date.now() - 6 * MINUTE_MS),
      'with a timestamp to come': ask(Date.now() + 6 * MINUTE_MS),
      'with a timestamp that was changed': {
        ...ask(),
        headers: {
          ...ask(Date.now() - 6 * MINUTE_MS).headers,
          'webhook-timestamp': String(Math.round(Date.now() / 1000)),
        },
      },
      'with a timestamp that is none': {
        ...ask(),
        headers: { ...ask().headers, 'webhook-timestamp': 'now' },
      },
    }),
  };
  return { taken, refused };
}

describe.each(Object.keys(LANGUAGES) as Language[])(
  'the code that the guide shows in %s',
  (language) => {
    const atHand = isAtHand(language);
    // oxlint-disable-next-line no-console -- whoever runs the tests should know
    if (!atHand) console.warn(`There is no ${language}: what the guide shows in it is not run.`);
    it.skipIf(!atHand).each(SCHEMES)(
      'takes what Schoolbell signs $title, and refuses what was changed',
      ({ scheme, webhook }) => {
        const { taken, refused } = questionsFor(webhook, scheme);
        const asked = { ...taken, ...refused };
        const said = askSnippet(language, snippetOf(language, scheme), Object.values(asked));
        const names = Object.keys(asked);
        expect(Object.fromEntries(names.map((name, index) => [name, said[index]]))).toEqual(
          Object.fromEntries(names.map((name) => [name, name in taken])),
        );
      },
      60_000,
    );
  },
);

it.each([
  ['allureconnect', HEX],
  ['cloudevents', HEX],
  ['absorb', { ...HEX, header: 'absorb-signature' }],
  ['adobe-alm', { ...HEX, header: 'X-ALM-Signature' }],
  ['learnupon', { ...HEX, header: 'X-Webhook-Signature' }],
  ['docebo', { ...HEX, header: 'X-Hub-Signature-256', prefix: 'sha256=' }],
  ['lms-canonical', { ...HEX, header: 'X-Hub-Signature-256', prefix: 'sha256=' }],
] as const)('docs/formats/%s.md shows the code of the guide', (format, scheme) => {
  const page = readFileSync(join(import.meta.dirname, `../../docs/formats/${format}.md`), 'utf8');
  expect(page).toContain(snippetOf('node', scheme));
});

it('the guide knows every format, and how it is signed', () => {
  const known = Object.entries(FORMAT_GUIDES).map(([name, { signature }]) => [name, signature]);
  expect(known).toEqual(FORMATS.map((format) => [format.name, schemeOf(format)]));
});

function schemeOf({ signature, signed }: WireFormat): SignatureScheme | null {
  if (signed === 'never') return null;
  if (!signature) return { kind: 'standard' };
  const { header, encoding, prefix } = signature;
  return { kind: 'body', header, encoding, prefix };
}
