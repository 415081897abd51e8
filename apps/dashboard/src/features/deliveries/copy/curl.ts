import type { AttemptDocument, WebhookDocument } from '@schoolbell/api-client';

/** Belong to the connection, or are made by curl itself. */
const OF_CONNECTION = new Set(['host', 'connection', 'content-length', 'transfer-encoding']);
const SIGNATURE = /signature(?!-algorithm)/i;

type Sent = Pick<AttemptDocument, 'url'> & {
  request: { headers: Record<string, string>; body: string };
};
type Authentication = Pick<WebhookDocument, 'authentication'>['authentication'];

/**
 * The request of an attempt as a command for POSIX shells: the same URL, headers and bytes. Signatures and credentials
 * are placeholders: with them, whoever is shown the command could speak in Schoolbell's name.
 */
export function curlOf({ url, request }: Sent, authentication?: Authentication): string {
  const headers = Object.entries(request.headers)
    .filter(([name]) => !OF_CONNECTION.has(name.toLowerCase()))
    .map(([name, value]) => headerText(name, SIGNATURE.test(name) ? '<SIGNATURE>' : value));
  const parts = [
    // Without --globoff, curl takes brackets and braces of a URL for a pattern.
    `curl --globoff --request POST ${quoted(url)}`,
    ...[...headers, ...credentialHeaders(request.headers, authentication)].map(
      (text) => `--header ${quoted(text)}`,
    ),
    // Unlike --data, it takes a body that begins with @ as it is.
    `--data-raw ${quoted(request.body)}`,
  ];
  return parts.join(' \\\n  ');
}

/** Quotes a text for sh, bash, dash and zsh: within single quotes nothing has a meaning but the quote itself. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** curl sends a header without a value only when a semicolon stands in place of the colon. */
function headerText(name: string, value: string): string {
  return value === '' ? `${name};` : `${name}: ${value}`;
}

/** Of what was sent, but is never stored. */
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
