import type { BodySignature } from '../signature-scheme.ts';
import { inDoubleQuotes, inFront } from './quoted.ts';
import type { Snippet } from './snippet.ts';

const ENCODERS = {
  hex: { name: 'java.util.HexFormat', call: 'HexFormat.of().formatHex(mac.doFinal(body))' },
  base64: {
    name: 'java.util.Base64',
    call: 'Base64.getEncoder().encodeToString(mac.doFinal(body))',
  },
};

export const java: Snippet = {
  title: 'Java',
  call: '// Servlet, Spring: body is request.getInputStream().readAllBytes()\nresponse.setStatus(WebhookSignature.verify(request::getHeader, body, secret) ? 200 : 401);',
  body: ofBody,
  standard: `import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

public final class WebhookSignature {
    private static final long TOLERANCE_SECONDS = 5 * 60;

    public static boolean verify(UnaryOperator<String> header, byte[] body, String secret)
            throws GeneralSecurityException {
        String id = header.apply("webhook-id");
        String timestamp = header.apply("webhook-timestamp");
        String signatures = header.apply("webhook-signature");
        if (signatures == null || timestamp == null || !timestamp.matches("[0-9]{1,12}")) return false;
        long age = Instant.now().getEpochSecond() - Long.parseLong(timestamp);
        if (Math.abs(age) > TOLERANCE_SECONDS) return false;
        byte[] key = Base64.getDecoder().decode(secret.replaceFirst("^whsec_", ""));
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        mac.update((id + "." + timestamp + ".").getBytes(UTF_8));
        String expected = "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
        // While a rotation overlaps there are two.
        for (String given : signatures.split(" ")) {
            if (MessageDigest.isEqual(expected.getBytes(UTF_8), given.getBytes(UTF_8))) return true;
        }
        return false;
    }
}
`,
};

function ofBody({ header, encoding, prefix }: BodySignature): string {
  const encoder = ENCODERS[encoding];
  return `import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import ${encoder.name};
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

public final class WebhookSignature {
    public static boolean verify(UnaryOperator<String> header, byte[] body, String secret)
            throws GeneralSecurityException {
        String given = header.apply(${inDoubleQuotes(header)});
        if (given == null) return false;
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
        String expected = ${inFront(prefix, '+')}${encoder.call};
        return MessageDigest.isEqual(expected.getBytes(UTF_8), given.getBytes(UTF_8));
    }
}
`;
}
