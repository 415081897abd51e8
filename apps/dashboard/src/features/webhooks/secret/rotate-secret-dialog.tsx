import type { SecretsDocument, WebhookDocument } from '@schoolbell/api-client';
import { rotateWebhookSecretMutation } from '@schoolbell/api-client/queries';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { problemOf } from '../../../app/api/api-problem.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { TextField } from '../../../ui/field.tsx';
import { ProblemNote } from '../../../ui/problem-note.tsx';
import { ChoiceList } from '../choice-list.tsx';
import { useWebhookChanged } from '../use-webhook-changed.ts';

const OVERLAPS = [
  {
    value: '86400',
    label: '24 hours',
    note: 'Enough time to change the receiver over. The usual choice.',
  },
  { value: '604800', label: '7 days', note: 'If the receiver is slow to change over.' },
  { value: '3600', label: '1 hour', note: 'If the receiver changes over at once.' },
  {
    value: '0',
    label: 'None: the present secret stops now',
    note: 'If others know the secret. Deliveries fail until the receiver has the new one.',
  },
] as const;
type Overlap = (typeof OVERLAPS)[number]['value'];

interface RotateSecretDialogProps {
  webhook: WebhookDocument;
  onClose: () => void;
  onRotated: (secrets: SecretsDocument) => void;
}

/** Creates a new secret, and asks how long the present one goes on signing too. */
export function RotateSecretDialog({ webhook, onClose, onRotated }: RotateSecretDialogProps) {
  const [overlap, setOverlap] = useState<Overlap>('86400');
  const [secret, setSecret] = useState('');
  const changed = useWebhookChanged(webhook.id);
  const rotate = useMutation({
    ...rotateWebhookSecretMutation(),
    gcTime: 0,
    onSuccess: async (secrets) => {
      await changed();
      onRotated(secrets);
    },
  });
  const body = { overlapSeconds: Number(overlap), ...(secret !== '' && { secret }) };
  const faults = rotate.error ? problemOf(rotate.error).errors : [];
  const secretFault = faults.find(({ path }) => path === 'secret')?.message;
  return (
    <Dialog
      open
      onClose={onClose}
      title="Rotate the secret"
      description="A new secret is made. How long should the present one go on signing beside it?"
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            look={overlap === '0' ? 'danger' : 'primary'}
            busy={rotate.isPending && 'Rotating …'}
            onClick={() => rotate.mutate({ path: { id: webhook.id }, body })}
          >
            Rotate
          </Button>
        </>
      }
    >
      <ChoiceList label="Overlap" value={overlap} onChange={setOverlap} choices={OVERLAPS} />
      <TextField
        label="Bring your own secret (optional)"
        hint="8 to 256 printable characters. If left empty, one is generated."
        error={secretFault}
        value={secret}
        onChange={({ target }) => setSecret(target.value)}
        mono
      />
      {rotate.error && secretFault === undefined && (
        <ProblemNote error={rotate.error} title="It was not rotated" />
      )}
    </Dialog>
  );
}
