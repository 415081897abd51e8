import {
  getWebhookSecret,
  type SecretsDocument,
  type WebhookDocument,
} from '@schoolbell/api-client';
import { useMutation } from '@tanstack/react-query';
import { Eye, EyeOff } from 'lucide-react';
import { useState } from 'react';
import { useMay } from '../../../app/session/use-me.ts';
import { Button, ButtonLink } from '../../../ui/button.tsx';
import { Section } from '../../../ui/card.tsx';
import { Note } from '../../../ui/note.tsx';
import { ProblemNote } from '../../../ui/problem-note.tsx';
import { DownloadSecret } from '../secret/download-secret.tsx';
import { RotateSecretDialog } from '../secret/rotate-secret-dialog.tsx';
import { FORMATS } from '../settings/webhook-formats.ts';
import { PreviousSecret, SecretValues } from '../secret/secret-values.tsx';

/** The secret, shown only on demand: the audit log records who read it. */
export function SecretTab({ webhook }: { webhook: WebhookDocument }) {
  const mayRead = useMay('secrets:read');
  const mayRotate = useMay('webhooks:write');
  const [shown, setShown] = useState<SecretsDocument>();
  const [rotating, setRotating] = useState(false);
  const [rotated, setRotated] = useState(false);
  const read = useMutation({
    mutationFn: () => getWebhookSecret({ path: { id: webhook.id } }),
    gcTime: 0,
    onSuccess: setShown,
  });
  const isPair = webhook.signing === 'ed25519';
  return (
    <Section
      title={isPair ? 'Key pair' : 'Secret'}
      note={noteOf(webhook)}
      actions={
        mayRotate && (
          <Button size="small" onClick={() => setRotating(true)}>
            Rotate …
          </Button>
        )
      }
    >
      <div className="flex flex-col items-start gap-4">
        <SecretValues webhook={webhook} shown={shown} />
        {mayRead && (
          <div className="flex flex-wrap gap-2">
            {shown ? (
              <Button
                icon={<EyeOff aria-hidden className="size-4" />}
                onClick={() => setShown(undefined)}
              >
                Hide it
              </Button>
            ) : (
              <Button
                icon={<Eye aria-hidden className="size-4" />}
                busy={read.isPending && 'Reading …'}
                onClick={() => read.mutate()}
              >
                {isPair ? 'Show the key pair' : 'Show the secret'}
              </Button>
            )}
            <DownloadSecret webhookId={webhook.id} />
            <ButtonLink
              to="/guide/{-$topic}"
              params={{ topic: 'verify' }}
              search={{ webhookId: webhook.id }}
            >
              How to verify
            </ButtonLink>
          </div>
        )}
        {mayRead && (
          <p className="text-xs text-muted">The audit log says who showed it, and when.</p>
        )}
        {read.error && <ProblemNote error={read.error} title="The secret was not read" />}
        <PreviousSecret shown={shown} />
        {rotated && (
          <Note tone="good" role="status" title="The secret is rotated">
            <p>Give the new one to the receiver. Until the overlap ends, both sign.</p>
          </Note>
        )}
      </div>
      {rotating && (
        <RotateSecretDialog
          webhook={webhook}
          onClose={() => setRotating(false)}
          onRotated={(secrets) => {
            setShown(secrets);
            setRotated(true);
            setRotating(false);
          }}
        />
      )}
    </Section>
  );
}

function noteOf({ format, signing }: WebhookDocument): string {
  if (FORMATS[format].signed === 'never') return 'Requests of its format are never signed.';
  return signing === 'ed25519'
    ? 'Signs requests; the receiver verifies with the public key.'
    : 'Signs requests; the receiver verifies with the same secret.';
}
