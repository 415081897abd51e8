import type { OperationDocument, ReplayWebhook, WebhookDocument } from '@schoolbell/api-client';
import { replayWebhookMutation } from '@schoolbell/api-client/queries';
import { useMutation } from '@tanstack/react-query';
import { Button } from '../../../ui/button.tsx';
import { Checkbox } from '../../../ui/checkbox.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { count } from '../../../ui/numbers.ts';
import { ProblemNote } from '../../../ui/problem-note.tsx';
import { RangeFields } from './range-fields.tsx';
import { ReplayTypes } from './replay-types.tsx';
import { useReplayCount } from './use-replay-count.ts';
import { useReplaySelection } from './use-replay-selection.ts';

interface ReplayDialogProps {
  webhook: WebhookDocument;
  open: boolean;
  onClose: () => void;
  /** Called when the replay has started; it continues in the background. */
  onStarted: (operation: OperationDocument) => void;
}

/** Replays the events of a time range, and says beforehand how many there are. */
export function ReplayDialog({ webhook, open, onClose, onStarted }: ReplayDialogProps) {
  const selection = useReplaySelection();
  const { body } = selection;
  const counted = useReplayCount(webhook.id, open ? body : undefined);
  const replay = useMutation({ ...replayWebhookMutation(), onSuccess: onStarted });
  const total = body && counted.data?.total;
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title="Replay events"
      description="Sends events of a time range again. They keep their ids, by which the receiver knows what it has. Deliveries that are already on their way are left alone."
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            look="primary"
            disabled={!total || counted.isCounting}
            busy={replay.isPending && 'Starting …'}
            onClick={() => body && replay.mutate({ path: { id: webhook.id }, body })}
          >
            {total ? `Replay ${eventsInWords(total)}` : 'Replay'}
          </Button>
        </>
      }
    >
      <RangeFields {...selection} />
      <ReplayTypes listed={webhook.events} value={selection.types} onChange={selection.setTypes} />
      <Checkbox
        checked={selection.onlyMissing}
        onChange={selection.setOnlyMissing}
        note="Skips events that this webhook has already got. Without it, the receiver gets some events twice."
      >
        Only what is missing
      </Checkbox>
      <p role="status" className="min-h-10 text-sm">
        {countInWords(body, counted)}
      </p>
      {counted.error && <ProblemNote error={counted.error} title="It could not be counted" />}
      {replay.error && <ProblemNote error={replay.error} title="The replay did not begin" />}
    </Dialog>
  );
}

function countInWords(
  body: ReplayWebhook | undefined,
  counted: ReturnType<typeof useReplayCount>,
): string {
  if (!body) return 'Choose a start, and a later end.';
  if (counted.isCounting) return 'Counting …';
  if (!counted.data) return '';
  const { total, exact } = counted.data;
  if (total === 0) {
    return body.onlyMissing
      ? 'Nothing is missing: this webhook has got, or is about to get, every event of the range that it listens to.'
      : 'The range has no event that this webhook listens to.';
  }
  const about = exact ? '' : 'About ';
  return `${about}${eventsInWords(total)} will be sent again.`;
}

const eventsInWords = (total: number): string => `${count(total)} event${total === 1 ? '' : 's'}`;
