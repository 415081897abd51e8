import { useWatch } from 'react-hook-form';
import { FORMATS } from '../../settings/webhook-formats.ts';
import { FormSelect, FormText } from '../form-fields.tsx';
import type { WebhookValues } from '../webhook-values.ts';

/** The secret, and the header that has the signature. */
export function SignatureFields({ isNew }: { isNew: boolean }) {
  const format = useWatch<WebhookValues, 'format'>({ name: 'format' });
  const { hasOwnSignature, signed } = FORMATS[format];
  if (signed === 'never') return null;
  return (
    <>
      {format === 'standard-webhooks' && (
        <FormSelect
          name="signing"
          label="Signs with"
          hint="With a key pair, the receiver verifies by a public key and holds no secret."
          choices={[
            { value: 'hmac-sha256', label: 'A shared secret (HMAC-SHA256)' },
            { value: 'ed25519', label: 'A key pair (Ed25519)' },
          ]}
        />
      )}
      {isNew && (
        <FormText
          name="secret"
          label="Secret of your own (optional)"
          hint="8 to 256 printable characters. If left empty, one is generated."
          mono
        />
      )}
      {hasOwnSignature && (
        <div className="grid gap-4 sm:grid-cols-3">
          <FormText
            name="signature.header"
            label="Signature header"
            placeholder="The format’s own"
            mono
          />
          <FormSelect
            name="signature.encoding"
            label="Encoding"
            choices={[
              { value: '', label: 'The format’s own' },
              { value: 'hex', label: 'hex' },
              { value: 'base64', label: 'base64' },
            ]}
          />
          <FormText name="signature.prefix" label="Prefix" placeholder="The format’s own" mono />
        </div>
      )}
    </>
  );
}
