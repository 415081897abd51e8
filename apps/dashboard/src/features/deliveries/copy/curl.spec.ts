import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { curlOf, quoted } from './curl.ts';

/** A Lehmer generator: repeatable, so that a failure can be examined. */
function* numbers(seed: number): Generator<number> {
  for (let state = seed; ;) {
    state = (state * 48_271) % 2_147_483_647;
    yield state;
  }
}

const DANGEROUS = [
  "'",
  '"',
  '\\',
  '$(id)',
  '`id`',
  '$HOME',
  '!',
  '\n',
  '\r\n',
  ' ',
  '*',
  '~',
  '#',
  ';',
  '&',
  '|',
  '@',
  '%s',
  'é',
  '𝄞',
  '\t',
  '-n',
  '',
];

const hostileTexts = (count: number) => {
  const random = numbers(42);
  const next = () => random.next().value as number;
  return Array.from({ length: count }, () =>
    Array.from({ length: next() % 9 }, () => DANGEROUS[next() % DANGEROUS.length]).join(''),
  );
};

const printed = (shell: string, texts: readonly string[]): string[] => {
  const script = texts.map((text) => `printf '%s\\0' ${quoted(text)}`).join('\n');
  return execFileSync(shell, ['-c', script], { encoding: 'utf8' }).split('\0').slice(0, -1);
};

describe('a text that is quoted for a shell', () => {
  it.each(['bash', 'sh'])('comes out of %s as it was, whatever it holds', (shell) => {
    const texts = [...DANGEROUS, ...hostileTexts(300)];
    expect(printed(shell, texts)).toEqual(texts);
  });
});

const sent = (headers: Record<string, string>, body = '{"a":1}') => ({
  url: 'https://lms.northwind.edu/hooks?a=[1]&b={2}',
  request: { headers, body },
});

/** The arguments that one shell gives curl, for each command. */
const argumentsOf = (commands: readonly string[]): string[][] =>
  execFileSync('bash', ['-c', [PRINTING_CURL, ...commands].join('\n')], { encoding: 'utf8' })
    .split('\u0001')
    .slice(0, -1)
    .map((printed) => printed.split('\0').slice(0, -1));
const PRINTING_CURL = String.raw`curl() { printf '%s\0' "$@"; printf '\1'; }`;

describe('an attempt as curl', () => {
  it('has the URL, the headers and the very bytes, for each body', () => {
    const bodies = ['{"learner":"O\'Brien"}', '@/etc/passwd', ...hostileTexts(20)];
    const headers = { 'Content-Type': 'application/json', 'X-Empty': '' };
    const commands = bodies.map((body) => curlOf(sent(headers, body)));
    expect(argumentsOf(commands)).toEqual(
      bodies.map((body) => [
        '--globoff',
        '--request',
        'POST',
        'https://lms.northwind.edu/hooks?a=[1]&b={2}',
        '--header',
        'Content-Type: application/json',
        '--header',
        'X-Empty;',
        '--data-raw',
        body,
      ]),
    );
  });

  it('has neither signatures nor credentials, but says where they stood', () => {
    const command = curlOf(
      sent({
        'webhook-signature': 'v1,c2VjcmV0',
        'X-Allure-Signature': 'abcdef',
        'X-Allure-Signature-Previous': 'fedcba',
        'X-Allure-Signature-Algorithm': 'sha256',
        Host: 'lms.northwind.edu',
      }),
      { type: 'bearer' },
    );
    expect(command).not.toMatch(/c2VjcmV0|abcdef|fedcba|Host/);
    expect(command).toContain(`'webhook-signature: <SIGNATURE>'`);
    expect(command).toContain(`'X-Allure-Signature-Algorithm: sha256'`);
    expect(command).toContain(`'Authorization: Bearer <TOKEN>'`);
  });

  it('keeps what stands for a header whose value was left out', () => {
    const command = curlOf(sent({ Authorization: '[redacted]' }), { type: 'basic' });
    expect(command.match(/Authorization/g)).toHaveLength(1);
  });
});
