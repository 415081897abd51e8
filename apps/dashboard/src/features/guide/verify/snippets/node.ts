import { inSingleQuotes } from './quoted.ts';
import type { Snippet } from './snippet.ts';

/** The pages in docs/formats contain the code of `body` too; a test keeps them equal. */
export const node: Snippet = {
  title: 'Node',
  call: "app.post('/webhooks', express.raw({ type: '*/*' }), (req, res) =>\n  res.sendStatus(verify(req.headers, req.body, secret) ? 200 : 401));",
  body: ({ header, encoding, prefix }) => {
    const value = `headers[${inSingleQuotes(header.toLowerCase())}] ?? ''`;
    const encoded = prefix === '' ? value : `(${value}).replace(${inSingleQuotes(prefix)}, '')`;
    return `import { createHmac, timingSafeEqual } from 'node:crypto';

export function verify(headers, body, secret) {
  const expected = createHmac('sha256', secret).update(body).digest();
  const given = Buffer.from(${encoded}, '${encoding}');
  return given.length === expected.length && timingSafeEqual(given, expected);
}
`;
  },
  standard: `import { createHmac, timingSafeEqual } from 'node:crypto';

const TOLERANCE_SECONDS = 5 * 60;

export function verify(headers, body, secret) {
  const id = headers['webhook-id'];
  const timestamp = headers['webhook-timestamp'];
  const age = Math.abs(Date.now() / 1000 - Number(timestamp));
  if (!(age <= TOLERANCE_SECONDS)) return false;
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  const expected = createHmac('sha256', key).update(\`\${id}.\${timestamp}.\`).update(body).digest();
  // While a rotation overlaps there are two.
  return (headers['webhook-signature'] ?? '').split(' ').some((signature) => {
    const given = Buffer.from(signature.replace('v1,', ''), 'base64');
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
}
`,
};
