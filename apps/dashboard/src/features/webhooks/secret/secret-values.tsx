import type { SecretsDocument, WebhookDocument } from '@schoolbell/api-client';
import type { ReactNode } from 'react';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { Note } from '../../../ui/note.tsx';
import { TimeLeft } from './time-left.tsx';

interface SecretValuesProps {
  webhook: WebhookDocument;
  shown: SecretsDocument | undefined;
}

/** The secret, behind dots until it is shown, and the public key of a pair. */
export function SecretValues({ webhook, shown }: SecretValuesProps) {
  const publicKey = shown?.publicKey ?? webhook.publicKey;
  return (
    <div className="flex w-full flex-col gap-3">
      {publicKey !== undefined && (
        <Value
          label="Public key"
          value={publicKey}
          note="The receiver verifies with it; it is not secret."
        />
      )}
      {shown?.current === null ? (
        <Note tone="bad" title="The stored secret is damaged">
          <p>Nothing can be signed with it. Rotate it, and give the new one to the receiver.</p>
        </Note>
      ) : (
        <Value
          label={webhook.signing === 'ed25519' ? 'Key pair' : 'Current secret'}
          value={shown?.current}
        />
      )}
    </div>
  );
}

/** The secret before, as long as both sign. */
export function PreviousSecret({ shown }: Pick<SecretValuesProps, 'shown'>) {
  if (!shown?.previous || shown.previousExpiresAt === undefined) return null;
  return (
    <Value
      label="Previous secret"
      value={shown.previous}
      note={
        <>
          Signs along for <TimeLeft until={shown.previousExpiresAt} />. Change the receiver over
          before that.
        </>
      }
    />
  );
}

interface ValueProps {
  label: string;
  /** Undefined while it is hidden. */
  value: string | undefined;
  note?: ReactNode;
}

function Value({ label, value, note }: ValueProps) {
  return (
    <div className="flex w-full flex-col gap-1">
      <p className="text-sm font-medium">{label}</p>
      <div className="flex min-h-10 items-center gap-2 rounded-md border border-line bg-sunken py-0.5 pr-0.5 pl-3">
        <code className="min-w-0 grow font-mono text-sm break-all">
          {value ?? <span className="sr-only">Not shown</span>}
          {value === undefined && <span aria-hidden>{'•'.repeat(32)}</span>}
        </code>
        {value !== undefined && (
          <CopyButton look="quiet" text={value} aria-label={`Copy ${label.toLowerCase()}`} />
        )}
      </div>
      {note !== undefined && <p className="text-xs text-muted">{note}</p>}
    </div>
  );
}
