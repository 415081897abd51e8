import { inDoubleQuotes, inFront } from './quoted.ts';
import type { Snippet } from './snippet.ts';

export const python: Snippet = {
  title: 'Python',
  call: '@app.post("/webhooks")\ndef webhook():  # Flask\n    ok = verify(request.headers, request.get_data(), secret)\n    return "", 200 if ok else 401',
  body: ({ header, encoding, prefix }) => {
    const digest = 'hmac.new(secret.encode(), body, hashlib.sha256)';
    const encoded =
      encoding === 'hex'
        ? `${digest}.hexdigest()`
        : `base64.b64encode(${digest}.digest()).decode()`;
    return `${encoding === 'hex' ? '' : 'import base64\n'}import hashlib
import hmac


def verify(headers, body: bytes, secret: str) -> bool:
    expected = ${inFront(prefix, '+')}${encoded}
    given = headers.get(${inDoubleQuotes(header)}, "")
    return hmac.compare_digest(expected.encode(), given.encode())
`;
  },
  standard: `import base64
import hashlib
import hmac
import re
import time

TOLERANCE_SECONDS = 5 * 60


def verify(headers, body: bytes, secret: str) -> bool:
    message_id = headers.get("webhook-id", "")
    timestamp = headers.get("webhook-timestamp", "")
    if not re.fullmatch("[0-9]{1,12}", timestamp):
        return False
    if abs(time.time() - int(timestamp)) > TOLERANCE_SECONDS:
        return False
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{message_id}.{timestamp}.".encode() + body
    digest = hmac.new(key, signed, hashlib.sha256).digest()
    expected = b"v1," + base64.b64encode(digest)
    # While a rotation overlaps there are two.
    signatures = headers.get("webhook-signature", "").encode().split(b" ")
    return any(hmac.compare_digest(expected, given) for given in signatures)
`,
};
