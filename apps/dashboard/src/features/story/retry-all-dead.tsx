import { useMutation } from '@tanstack/react-query';
import { retryDeadLettersMutation } from '@schoolbell/api-client/queries';
import { RotateCw } from 'lucide-react';
import { useState } from 'react';
import { useMay } from '../../app/session/use-me.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { counted } from '../../ui/numbers.ts';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { OperationProgress } from '../operations/operation-progress.tsx';
import { useAskingAnew } from '../events/use-sending.ts';
import { SUBJECTS } from '../events/subjects.ts';
import type { StoryEvent } from './sessions.ts';
import { aboutWhich, type StorySubject } from './use-story.ts';

/** The most ids that one operation takes. */
const MOST = 1_000;

interface RetryAllDeadProps {
  events: readonly StoryEvent[];
  subject: StorySubject;
}

/**
 * Retries all dead letters of a story, as far as its events are loaded. If there is only one, the verdict offers it.
 */
export function RetryAllDead({ events, subject }: RetryAllDeadProps) {
  const [open, setOpen] = useState(false);
  const [isShown, setIsShown] = useState(false);
  const askAnew = useAskingAnew();
  const retry = useMutation(retryDeadLettersMutation());
  const maySend = useMay('deliveries:write');
  const ids = deadOf(events);
  // Once shown it stays: if it vanished after a retry, the page would move.
  if (ids.length > 1 && !isShown) setIsShown(true);
  if (!maySend || !isShown) return null;
  const which = aboutWhich(subject);
  const theirs = which ? `the ${SUBJECTS[which].toLowerCase()}’s ` : '';
  const what = counted(ids.length, 'dead letter');
  const end = () => {
    setOpen(false);
    retry.reset();
  };
  return (
    <>
      <Button
        icon={<RotateCw aria-hidden className="size-4" />}
        disabled={ids.length === 0}
        onClick={() => setOpen(true)}
        title="Of completions and of all other events that are shown"
      >
        {ids.length === 0 ? (
          'No dead letter left'
        ) : (
          <span>
            {/* Narrow windows have no room for it, and the heading says it just above. */}
            Retry <span className="max-sm:sr-only">{theirs}</span>
            {what}
          </span>
        )}
      </Button>
      <Dialog
        open={open}
        onClose={end}
        title={`Retry ${theirs}dead letters`}
        description="Of completions and all other events that are shown. Each is sent again now and keeps its event id, by which the receiver can count it once. Those that fail again are retried by their webhook’s schedule."
        actions={
          retry.data ? (
            <Button onClick={end}>Close</Button>
          ) : (
            <>
              <Button onClick={end}>Cancel</Button>
              <Button
                look="primary"
                busy={retry.isPending && 'Starting …'}
                onClick={() => retry.mutate({ body: { ids } })}
              >
                Retry {what}
              </Button>
            </>
          )
        }
      >
        {retry.error && <ProblemNote error={retry.error} title="Not sent" />}
        {retry.data && (
          <OperationProgress
            operationId={retry.data.id}
            title={`Retry ${counted(retry.data.total, 'dead letter')}`}
            onEnd={() => void askAnew()}
          />
        )}
      </Dialog>
    </>
  );
}

function deadOf(events: readonly StoryEvent[]): string[] {
  const dead = events.flatMap(({ deliveries }) =>
    deliveries.filter(({ status, erased }) => status === 'dead' && !erased),
  );
  return dead.map(({ id }) => id).slice(0, MOST);
}
