import type { AttemptDocument, WebhookDocument } from '@schoolbell/api-client';
import { ButtonLink } from '../../../../ui/button.tsx';
import { Code } from '../../../../ui/code.tsx';
import { signatureSteps } from '../signature-steps.ts';

interface SignatureTabProps {
  attempt: AttemptDocument;
  webhook: WebhookDocument | null | undefined;
}

/** How the request was signed, and how the receiver's people can check their own computation. */
export function SignatureTab({ attempt, webhook }: SignatureTabProps) {
  const steps = signatureSteps(attempt.request.headers, webhook ?? undefined);
  return (
    <div className="flex flex-col gap-4 text-sm">
      <p>
        {steps.length === 0
          ? 'This request was not signed: the format or the authentication of the webhook asks for no signature.'
          : 'Signed with the secret that was current at the time of this attempt. To compare, recompute it from the body as it arrived, byte for byte: JSON that was parsed and written again has other bytes.'}
      </p>
      {steps.map(({ header, value, made, command }) => (
        <div key={header} className="flex flex-col gap-2">
          <p className="font-mono text-xs break-all">
            <span className="text-muted">{header}:</span> {value}
          </p>
          <p>{made}</p>
          {command !== undefined && (
            <Code
              label={`the command that recomputes ${header}`}
              maxHeight="low"
              text={`# SECRET: the webhook’s secret, BODY: the body\n${command}`}
            />
          )}
        </div>
      ))}
      {steps.length > 0 && webhook && (
        <ButtonLink
          size="small"
          className="self-start"
          to="/guide/{-$topic}"
          params={{ topic: 'verify' }}
          search={{ webhookId: webhook.id }}
        >
          Code that verifies it
        </ButtonLink>
      )}
    </div>
  );
}
