import type { AttemptDocument, WebhookDocument } from '@schoolbell/api-client';

/** Headers of the connection, or ones that curl makes itself. */
const OF_CONNECTION = new Set(['host', 'connection', 'content-length', 'transfer-encoding']);
const SIGNATURE = /signature(?!-algorithm)/i;

type Sent = Pick<AttemptDocument, 'url'> & {
  request: { headers: Record<string, string>; body: string };
};
type Authentication = Pick<WebhookDocument, 'authentication'>['authentication'];

/**
 * An attempt's request as a command for POSIX shells: the same URL, headers and bytes. Signatures and credentials are
 * placeholders: with the real ones, anybody who sees the command could impersonate Schoolbell.
 */
export function curlOf({ url, request }: Sent, authentication?: Authentication): string {
  const headers = Object.entries(request.headers)
    .filter(([name]) => !OF_CONNECTION.has(name.toLowerCase()))
    .map(([name, value]) => headerText(name, SIGNATURE.test(name) ? '<SIGNATURE>' : value));
  const parts = [
    // Without --globoff, curl reads brackets and braces in a URL as a pattern.
    `curl --globoff --request POST ${quoted(url)}`,
    ...[...headers, ...credentialHeaders(request.headers, authentication)].map(
      (text) => `--header ${quoted(text)}`,
    ),
    // Unlike --data, it sends a body that begins with @ as it is.
    `--data-raw ${quoted(request.body)}`,
  ];
  return parts.join(' \\\n  ');
}

/** Quotes a text for sh, bash, dash and zsh: between single quotes, only the quote itself has a meaning. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** curl sends a header without a value only when a semicolon stands in place of the colon. */
function headerText(name: string, value: string): string {
  return value === '' ? `${name};` : `${name}: ${value}`;
}

/** Headers that were sent but are never stored. */
function credentialHeaders(
  sent: Record<string, string>,
  authentication: Authentication | undefined,
): string[] {
  if (Object.keys(sent).some((name) => name.toLowerCase() === 'authorization')) return [];
  switch (authentication?.type) {
    case 'basic':
      return ['Authorization: Basic <CREDENTIALS>'];
    case 'bearer':
    case 'oauth2':
      return ['Authorization: Bearer <TOKEN>'];
    default:
      return [];
  }
}
