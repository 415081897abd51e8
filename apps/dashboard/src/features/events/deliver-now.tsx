import type { WebhookExplanationDocument } from '@schoolbell/api-client';
import { Send } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { visible } from '../../ui/visible.ts';
import { useDelivering } from './use-sending.ts';
import { webhookName } from '../../ui/webhook-name.ts';

interface DeliverNowProps {
  event: { id: string; type: string };
  standing: WebhookExplanationDocument;
}

/** Sends an event to a webhook that did not want it, after showing what will be sent. */
export function DeliverNow({ event, standing }: DeliverNowProps) {
  const [asked, setAsked] = useState(false);
  const deliver = useDelivering();
  const name = visible(webhookName(standing));
  const send = () =>
    deliver.mutate(
      { path: { id: event.id }, body: { webhookId: standing.webhookId } },
      { onSuccess: () => setAsked(false) },
    );
  return (
    <>
      <Button
        size="small"
        icon={<Send aria-hidden className="size-3.5" />}
        onClick={() => setAsked(true)}
      >
        Deliver it now
      </Button>
      <Dialog
        open={asked}
        onClose={() => setAsked(false)}
        title={`Deliver this event to ${name}?`}
        description={
          <>
            <p>
              <code className="font-mono text-sm break-all text-ink">{event.type}</code> is sent
              once more, to this webhook alone, with the same event id: a receiver that has it
              already can tell.
            </p>
            <p className="mt-2 font-mono text-xs break-all">{event.id}</p>
            <p className="font-mono text-xs break-all">→ {visible(standing.url)}</p>
            <p className="mt-2">
              The webhook’s settings stay as they are: the next event like this one will not be
              wanted either. A failed attempt is retried by the webhook’s schedule.
            </p>
          </>
        }
        actions={
          <>
            <Button onClick={() => setAsked(false)}>Cancel</Button>
            <Button look="primary" onClick={send} busy={deliver.isPending && 'Sending …'}>
              Deliver it now
            </Button>
          </>
        }
      >
        {deliver.error && <ProblemNote error={deliver.error} title="Not delivered" />}
      </Dialog>
    </>
  );
}
