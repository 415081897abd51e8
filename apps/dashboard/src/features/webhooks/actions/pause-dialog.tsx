import type { WebhookDocument } from '@schoolbell/api-client';
import { pauseWebhookMutation } from '@schoolbell/api-client/queries';
import { useMutation } from '@tanstack/react-query';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { ProblemNote } from '../../../ui/problem-note.tsx';
import { useWebhookChanged } from '../use-webhook-changed.ts';

interface PauseDialogProps {
  webhook: WebhookDocument;
  open: boolean;
  onClose: () => void;
}

export function PauseDialog({ webhook, open, onClose }: PauseDialogProps) {
  const changed = useWebhookChanged(webhook.id);
  const pause = useMutation({
    ...pauseWebhookMutation(),
    onSuccess: async () => {
      await changed();
      onClose();
    },
  });
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title="Pause this webhook?"
      description="Only tests are sent to it until somebody resumes it. Events are still accepted, and held for it; on resuming, they can be sent or discarded."
      actions={
        <>
          <Button onClick={onClose}>Keep it active</Button>
          <Button
            look="primary"
            busy={pause.isPending && 'Pausing …'}
            onClick={() => pause.mutate({ path: { id: webhook.id } })}
          >
            Pause
          </Button>
        </>
      }
    >
      {pause.error && <ProblemNote error={pause.error} title="It was not paused" />}
    </Dialog>
  );
}
