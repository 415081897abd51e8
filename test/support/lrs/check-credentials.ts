import { Refusal } from './refusal.js';

export interface LrsCredentials {
  username: string;
  password: string;
  /** Also accepted, as OAuth 2.0 bearer tokens. */
  tokens: readonly string[];
}

/** @throws Refusal 401 unless the header has the credentials (xAPI 1.0.3, Communication 4.0) */
export function checkCredentials(header: string | undefined, expected: LrsCredentials): void {
  const pair = Buffer.from(`${expected.username}:${expected.password}`).toString('base64');
  const accepted = [`Basic ${pair}`, ...expected.tokens.map((token) => `Bearer ${token}`)];
  if (header !== undefined && accepted.includes(header)) return;
  throw new Refusal(401, 'the credentials are missing or wrong', {
    'WWW-Authenticate': 'Basic realm="LRS"',
  });
}
