import type { WebhookDocument } from '@schoolbell/api-client';
import { useState } from 'react';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { ProblemNote } from '../../../ui/problem-note.tsx';
import { Select } from '../../../ui/select.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { isCarried } from '../settings/event-groups.ts';
import { TestOutcome } from '../testing/test-outcome.tsx';
import { useSendTest } from '../testing/use-send-test.ts';
import { useEventTypes } from '../../../app/api/use-event-types.ts';

interface SendTestDialogProps {
  webhook: WebhookDocument;
  open: boolean;
  onClose: () => void;
}

/** Sends a type's example, and shows everything about the attempt. */
export function SendTestDialog({ webhook, open, onClose }: SendTestDialogProps) {
  const types = useTestedTypes(webhook);
  const [chosen, setChosen] = useState<string>();
  const type = chosen ?? types[0] ?? '';
  const test = useSendTest();
  const send = () => test.mutate({ path: { id: webhook.id }, body: { type: type || undefined } });
  const again = test.data !== undefined || test.error !== null;
  return (
    <Dialog
      wide
      open={open}
      onClose={onClose}
      title="Send a test event"
      description="A real, signed request with the example of an event type, sent now, even while the webhook is paused. It is marked with X-Schoolbell-Test, never retried and never counted."
      actions={
        <>
          <Button onClick={onClose}>Close</Button>
          <Button look="primary" busy={test.isPending && 'Sending …'} onClick={send}>
            {again ? 'Send it again' : 'Send'}
          </Button>
        </>
      }
    >
      <Select
        label="Event type"
        value={type}
        onChange={setChosen}
        choices={types.map((value) => ({ value, label: value }))}
        className="w-full font-mono text-sm"
      />
      {test.isPending && <Skeleton className="h-48" label="Sending the test event" />}
      {!test.isPending && test.error && (
        <ProblemNote error={test.error} title="The test was not sent" onRetry={send} />
      )}
      {!test.isPending && test.data && <TestOutcome attempt={test.data.attempt} />}
    </Dialog>
  );
}

/** The types that it listens to and its format can carry, the usual one first. */
function useTestedTypes({ events, format }: WebhookDocument): string[] {
  const { data = [] } = useEventTypes();
  const isWanted = (type: string) => events.includes('*') || events.includes(type);
  const types = data
    .filter((type) => isWanted(type.type) && isCarried(format, type))
    .map(({ type }) => type);
  const first = types.filter((type) => type === 'session.completed');
  return [...first, ...types.filter((type) => type !== 'session.completed')];
}
