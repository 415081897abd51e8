import { inDoubleQuotes, inFront } from './quoted.ts';
import type { Snippet } from './snippet.ts';

/** Between double quotes, `#` can begin an expression. */
const inRubyQuotes = (text: string) => inDoubleQuotes(text).replaceAll('#', String.raw`\#`);

/** A header's name in the Rack environment. */
const inRack = (header: string) => `HTTP_${header.toUpperCase().replaceAll('-', '_')}`;

export const ruby: Snippet = {
  title: 'Ruby',
  call: '# Rails; with Sinatra: request.env, request.body.read\nhead verify(request.env, request.raw_post, secret) ? :ok : :unauthorized',
  body: ({ header, encoding, prefix }) => {
    const encoded =
      encoding === 'hex'
        ? 'OpenSSL::HMAC.hexdigest("SHA256", secret, body)'
        : '[OpenSSL::HMAC.digest("SHA256", secret, body)].pack("m0")';
    return `require "openssl"

def verify(env, body, secret)
  expected = ${inFront(prefix, '+', inRubyQuotes)}${encoded}
  OpenSSL.secure_compare(expected, env[${inRubyQuotes(inRack(header))}] || "")
end
`;
  },
  standard: `require "openssl"

TOLERANCE_SECONDS = 5 * 60

def verify(env, body, secret)
  id = env["HTTP_WEBHOOK_ID"]
  timestamp = env["HTTP_WEBHOOK_TIMESTAMP"].to_s
  return false unless timestamp.match?(/\\A\\d{1,12}\\z/)
  return false if (Time.now.to_i - timestamp.to_i).abs > TOLERANCE_SECONDS

  key = secret.delete_prefix("whsec_").unpack1("m")
  digest = OpenSSL::HMAC.digest("SHA256", key, "#{id}.#{timestamp}.".b + body.b)
  expected = "v1," + [digest].pack("m0")
  # While a rotation overlaps there are two.
  signatures = (env["HTTP_WEBHOOK_SIGNATURE"] || "").split
  signatures.any? { |given| OpenSSL.secure_compare(expected, given) }
end
`,
};
