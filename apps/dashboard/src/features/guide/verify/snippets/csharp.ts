import { inDoubleQuotes, inFront } from './quoted.ts';
import type { Snippet } from './snippet.ts';

export const csharp: Snippet = {
  title: 'C#',
  call: 'app.MapPost("/webhooks", async (HttpRequest request) =>\n{\n    using var body = new MemoryStream();\n    await request.Body.CopyToAsync(body);\n    var ok = WebhookSignature.Verify(name => request.Headers[name], body.ToArray(), secret);\n    return ok ? Results.Ok() : Results.Unauthorized();\n});',
  body: ({ header, encoding, prefix }) => {
    const encoded =
      encoding === 'hex'
        ? 'Convert.ToHexString(digest).ToLowerInvariant()'
        : 'Convert.ToBase64String(digest)';
    return `using System;
using System.Security.Cryptography;
using System.Text;

public static class WebhookSignature
{
    public static bool Verify(Func<string, string?> header, byte[] body, string secret)
    {
        var digest = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body);
        var expected = ${inFront(prefix, '+')}${encoded};
        var given = header(${inDoubleQuotes(header)}) ?? "";
        return CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(given));
    }
}
`;
  },
  standard: `using System;
using System.Linq;
using System.Security.Cryptography;
using System.Text;

public static class WebhookSignature
{
    private const long ToleranceSeconds = 5 * 60;

    public static bool Verify(Func<string, string?> header, byte[] body, string secret)
    {
        var id = header("webhook-id");
        var timestamp = header("webhook-timestamp");
        if (!uint.TryParse(timestamp, out var seconds)) return false;
        var age = DateTimeOffset.UtcNow.ToUnixTimeSeconds() - seconds;
        if (Math.Abs(age) > ToleranceSeconds) return false;
        var key = Convert.FromBase64String(secret.Replace("whsec_", ""));
        var signed = Encoding.UTF8.GetBytes($"{id}.{timestamp}.").Concat(body).ToArray();
        var digest = HMACSHA256.HashData(key, signed);
        var expected = Encoding.UTF8.GetBytes("v1," + Convert.ToBase64String(digest));
        // While a rotation overlaps there are two.
        return (header("webhook-signature") ?? "").Split(' ').Any(given =>
            CryptographicOperations.FixedTimeEquals(expected, Encoding.UTF8.GetBytes(given)));
    }
}
`,
};
