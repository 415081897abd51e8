import { inFront, inSingleQuotes } from './quoted.ts';
import type { Snippet } from './snippet.ts';

/** A header's name in `$_SERVER`. */
const inServer = (header: string) => `HTTP_${header.toUpperCase().replaceAll('-', '_')}`;

export const php: Snippet = {
  title: 'PHP',
  call: "http_response_code(verify($_SERVER, file_get_contents('php://input'), $secret) ? 200 : 401);",
  body: ({ header, encoding, prefix }) => {
    const encoded =
      encoding === 'hex'
        ? "hash_hmac('sha256', $body, $secret)"
        : "base64_encode(hash_hmac('sha256', $body, $secret, true))";
    return `<?php

function verify(array $server, string $body, string $secret): bool
{
    $expected = ${inFront(prefix, '.', inSingleQuotes)}${encoded};
    return hash_equals($expected, $server[${inSingleQuotes(inServer(header))}] ?? '');
}
`;
  },
  standard: `<?php

const TOLERANCE_SECONDS = 5 * 60;

function verify(array $server, string $body, string $secret): bool
{
    $id = $server['HTTP_WEBHOOK_ID'] ?? '';
    $timestamp = $server['HTTP_WEBHOOK_TIMESTAMP'] ?? '';
    if (!preg_match('/^\\d{1,12}$/D', $timestamp)) {
        return false;
    }
    if (abs(time() - (int) $timestamp) > TOLERANCE_SECONDS) {
        return false;
    }
    $key = base64_decode(preg_replace('/^whsec_/', '', $secret));
    $digest = hash_hmac('sha256', "$id.$timestamp.$body", $key, true);
    $expected = 'v1,' . base64_encode($digest);
    // While a rotation overlaps there are two.
    foreach (explode(' ', $server['HTTP_WEBHOOK_SIGNATURE'] ?? '') as $given) {
        if (hash_equals($expected, $given)) {
            return true;
        }
    }
    return false;
}
`,
};
