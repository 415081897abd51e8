import type { WebhookDocument } from '@schoolbell/api-client';
import { getWebhookStatsOptions, resumeWebhookMutation } from '@schoolbell/api-client/queries';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { ProblemNote } from '../../../ui/problem-note.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { deliveriesInWords } from '../backlog-in-words.ts';
import { ChoiceList } from '../choice-list.tsx';
import { useWebhookChanged } from '../use-webhook-changed.ts';

type Held = 'send' | 'discard';

interface ResumeDialogProps {
  webhook: WebhookDocument;
  open: boolean;
  onClose: () => void;
}

/** Resumes a webhook, and asks what to do with the deliveries that were held. */
export function ResumeDialog({ webhook, open, onClose }: ResumeDialogProps) {
  const [heldDeliveries, setHeld] = useState<Held>('send');
  const path = { id: webhook.id };
  const stats = useQuery({ ...getWebhookStatsOptions({ path }), enabled: open, staleTime: 0 });
  const changed = useWebhookChanged(webhook.id);
  const resume = useMutation({
    ...resumeWebhookMutation(),
    onSuccess: async () => {
      await changed();
      onClose();
    },
  });
  const discards = heldDeliveries === 'discard';
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title="Resume this webhook"
      description="It gets events again, and its count of failures begins at 0."
      actions={
        <>
          <Button onClick={onClose}>Keep it paused</Button>
          <Button
            look={discards ? 'danger' : 'primary'}
            busy={resume.isPending && 'Resuming …'}
            onClick={() => resume.mutate({ path, body: { heldDeliveries } })}
          >
            {discards ? 'Discard and resume' : 'Resume'}
          </Button>
        </>
      }
    >
      <HeldChoice
        backlog={stats.isFetching ? undefined : stats.data?.backlog}
        value={heldDeliveries}
        onChange={setHeld}
      />
      {resume.error && <ProblemNote error={resume.error} title="It was not resumed" />}
    </Dialog>
  );
}

interface HeldChoiceProps {
  /** Undefined while they are counted. */
  backlog: number | undefined;
  value: Held;
  onChange: (value: Held) => void;
}

function HeldChoice({ backlog, value, onChange }: HeldChoiceProps) {
  if (backlog === undefined) return <Skeleton className="h-36" label="Counting what is held" />;
  if (backlog === 0) return <p className="min-h-36 text-muted">Nothing is held for it.</p>;
  const held = deliveriesInWords(backlog);
  return (
    <div className="flex min-h-36 flex-col gap-2">
      <p>
        <strong className="font-semibold">{held}</strong> {backlog === 1 ? 'is' : 'are'} held. What
        should become of them?
      </p>
      <ChoiceList
        label="Held deliveries"
        value={value}
        onChange={onChange}
        choices={[
          {
            value: 'send',
            label: 'Send them',
            note: 'As fast as its rate limit allows, none before it is due.',
          },
          {
            value: 'discard',
            label: 'Discard them',
            note: 'The receiver never gets them, unless their events are replayed.',
          },
        ]}
      />
    </div>
  );
}
