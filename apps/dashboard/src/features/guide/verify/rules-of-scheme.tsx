import { Link } from '@tanstack/react-router';
import { Section } from '../../../ui/card.tsx';
import type { SignatureScheme } from './signature-scheme.ts';

interface RulesOfSchemeProps {
  scheme: SignatureScheme;
  webhookId: string | undefined;
}

/** What the code does and why, for another language or for finding a fault. */
export function RulesOfScheme({ scheme, webhookId }: RulesOfSchemeProps) {
  return (
    <Section title="How it verifies">
      <ul className="flex list-disc flex-col gap-1.5 pl-5">
        {scheme.kind === 'standard' ? <Standard /> : <OfBody scheme={scheme} />}
        <li>
          Take the body as the bytes that arrived, before any parser: JSON that was parsed and
          written again has other bytes.
        </li>
        <li>Compare in constant time, so that nobody can guess a signature digit by digit.</li>
        <li>
          Answer 401 if the signature does not match. If it does, answer 2xx before you work on the
          event.
        </li>
        <li>
          The secret is the webhook’s own: read it from your settings, never from your code.{' '}
          {webhookId !== undefined && (
            <Link
              to="/webhooks/$webhookId"
              params={{ webhookId }}
              className="text-link underline underline-offset-2"
            >
              To the webhook
            </Link>
          )}
        </li>
      </ul>
    </Section>
  );
}

function Standard() {
  return (
    <>
      <li>
        The signature covers <Mono>webhook-id</Mono>, a dot, <Mono>webhook-timestamp</Mono>, a dot,
        and the body, by HMAC-SHA256. The key is the base64 that follows <Mono>whsec_</Mono>,
        decoded.
      </li>
      <li>
        <Mono>webhook-signature</Mono> has one <Mono>v1,…</Mono> or, while a rotation of the secret
        overlaps, two: either will do.
      </li>
      <li>
        Refuse a time that is more than five minutes away, or whoever saw an old request could send
        it again. Keep your clock right.
      </li>
    </>
  );
}

function OfBody({ scheme }: { scheme: Exclude<SignatureScheme, { kind: 'standard' }> }) {
  const { header, encoding, prefix } = scheme;
  return (
    <>
      <li>
        <Mono>{`${header}: ${prefix}<${encoding}>`}</Mono> is the HMAC-SHA256 of the body. The key
        is the whole secret, <Mono>whsec_</Mono> and all.
      </li>
      <li>
        While a rotation of the secret overlaps, <Mono>{`${header}-Previous`}</Mono> has the
        signature by the previous secret.
      </li>
      <li>
        The signature covers no time: recognise by its id an event that you already have.{' '}
        <Mono>webhook-signature</Mono> is sent beside it and covers id and time too;{' '}
        <Link
          to="/guide/{-$topic}"
          params={{ topic: 'verify' }}
          search={({ language }) => ({ language, format: 'standard-webhooks' })}
          className="text-link underline underline-offset-2"
        >
          verify that one
        </Link>{' '}
        if your secret begins with <Mono>whsec_</Mono>.
      </li>
    </>
  );
}

function Mono({ children }: { children: string }) {
  return <code className="font-mono text-sm break-all">{children}</code>;
}
