import { useMutation } from '@tanstack/react-query';
import { createErasureMutation } from '@schoolbell/api-client/queries';
import { useState } from 'react';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { TextField } from '../../../ui/field.tsx';
import { ProblemNote } from '../../../ui/problem-note.tsx';

export interface Erasure {
  learnerId: string;
  waiting: 'discard' | 'send';
}

interface ErasureDialogProps {
  /** What to erase; the dialog is open while it is set. */
  asked: Erasure | undefined;
  onClose: () => void;
  onStarted: (operationId: string) => void;
}

/** Asks for the learner's id once more before anything is erased. */
export function ErasureDialog({ asked, onClose, onStarted }: ErasureDialogProps) {
  if (!asked) return null;
  return (
    <Confirmation key={asked.learnerId} asked={asked} onClose={onClose} onStarted={onStarted} />
  );
}

function Confirmation({ asked, onClose, onStarted }: ErasureDialogProps & { asked: Erasure }) {
  const [typed, setTyped] = useState('');
  const erase = useMutation({
    ...createErasureMutation(),
    onSuccess: ({ id }) => onStarted(id),
  });
  return (
    <Dialog
      open
      onClose={onClose}
      title="Erase this learner?"
      description={
        <>
          Everything about <bdi className="font-mono break-all text-ink">{asked.learnerId}</bdi>{' '}
          goes for good.{' '}
          {asked.waiting === 'send'
            ? 'What waits is sent first, for at most 24 hours.'
            : 'What waits is discarded.'}
        </>
      }
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            look="danger"
            disabled={typed !== asked.learnerId}
            onClick={() => erase.mutate({ body: asked })}
            busy={erase.isPending && 'Starting …'}
          >
            Erase for good
          </Button>
        </>
      }
    >
      <TextField
        label="Type the learner id to confirm"
        mono
        value={typed}
        onChange={({ currentTarget }) => setTyped(currentTarget.value)}
      />
      {erase.error && <ProblemNote error={erase.error} />}
    </Dialog>
  );
}
