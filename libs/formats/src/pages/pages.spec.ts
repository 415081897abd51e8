import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { eventTypeNamed, EVENT_TYPES } from '@schoolbell/catalogue';
import * as prettier from 'prettier';
import { describe, expect, it } from 'vitest';
import type { WireFormat } from '../contract/wire-format.js';
import { EXAMPLE_SECRET, exampleAttempt } from '../examples/example-attempt.js';
import { carries, FORMATS } from '../formats.js';
import { renderRequest } from '../request/render-request.js';
import { fillInIndex, fillInPage } from './fill-in-page.js';

const FOLDER = join(import.meta.dirname, '../../../../docs/formats');

function pageAt(name: string): { path: string; text: string } {
  const path = join(FOLDER, `${name}.md`);
  return { path, text: readFileSync(path, 'utf8') };
}

async function written(path: string, text: string): Promise<string> {
  const config = await prettier.resolveConfig(path);
  return prettier.format(text, { ...config, filepath: path });
}

/** The paragraph that says what a receiver may rely on. */
function promiseOf({ name }: WireFormat): string {
  const [, paragraph = ''] = /^## Promise\n\n([\s\S]*?)\n\n/m.exec(pageAt(name).text) ?? [];
  return paragraph;
}

describe('docs/formats tells what the code does; `npx vitest run -u libs/formats` writes it anew', () => {
  it.each(FORMATS)('on the page of $name', async (format) => {
    const { path, text } = pageAt(format.name);
    expect(text).toContain('<!-- facts -->');
    await expect(await written(path, fillInPage(text, format))).toMatchFileSnapshot(path);
  });

  it('on their index', async () => {
    const { path, text } = pageAt('README');
    expect(text).toContain(EXAMPLE_SECRET);
    const promises = new Map(FORMATS.map((format) => [format.name, promiseOf(format)]));
    await expect(await written(path, fillInIndex(text, promises))).toMatchFileSnapshot(path);
  });
});

type Verify = (headers: Record<string, string>, body: Buffer, secret: unknown) => boolean;

/** The JavaScript of a page, which exports `verify`. */
async function verifyOf({ name }: WireFormat): Promise<Verify> {
  const [, code = ''] = /^```js\n([\s\S]*?)^```$/m.exec(pageAt(name).text) ?? [];
  const require = createRequire(import.meta.url);
  const standing = code.replaceAll(/ from '(?!node:)([^']+)'/g, (_, vendor: string) => {
    return ` from '${pathToFileURL(require.resolve(vendor)).href}'`;
  });
  const { verify } = await import(`data:text/javascript,${encodeURIComponent(standing)}`);
  return verify;
}

describe.each(FORMATS.filter((format) => !format.templated))(
  'the receiver on the page of $name',
  (format) => {
    const type = EVENT_TYPES.findLast(({ name }) => carries(format, name))!;
    const attempt = exampleAttempt(format, type);
    const { authentication, secrets } = attempt.webhook;
    const secret = authentication.type === 'signature' ? secrets.current : authentication;
    const { headers, body } = renderRequest({ ...attempt, now: Date.now() });
    const received = Object.fromEntries(
      headers.map(([name, value]) => [name.toLowerCase(), value]),
    );

    it('takes what Schoolbell sends', async () => {
      const verify = await verifyOf(format);
      expect(verify(received, body, secret)).toBe(true);
    });

    it('refuses it with another secret, and without anything that proves it', async () => {
      const verify = await verifyOf(format);
      const other =
        typeof secret === 'string'
          ? 'whsec_TaYjlqz0lBjLtF5CYBnPwzDwVhxYXDk2gYIvxGKlB9k='
          : { ...secret, password: 'another' };
      expect(verify(received, body, other)).toBe(false);
      expect(verify({}, body.subarray(0, 0), secret)).toBe(false);
    });
  },
);

it('an example can be had of an event type with settings of the webhook', () => {
  const page = '<!-- example user.created {"mode":"binary"} -->\n<!-- end -->\n';
  const cloudevents = FORMATS.find(({ name }) => name === 'cloudevents')!;
  const filled = fillInPage(page, cloudevents);
  expect(filled).toContain('ce-type: user.created');
  expect(filled).toContain(JSON.stringify(eventTypeNamed('user.created')!.example));
  expect(fillInPage(filled, cloudevents)).toBe(filled);
});
