import { useQuery } from '@tanstack/react-query';
import { getWebhookOptions } from '@schoolbell/api-client/queries';
import { Section } from '../../../ui/card.tsx';
import { ProblemNote } from '../../../ui/problem-note.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { useGuideSearch } from '../use-guide-search.ts';
import { AnswersTable } from './answers-table.tsx';
import { RetryTimeline } from './retry-timeline.tsx';
import { USUAL_SCHEDULE } from './retry-times.ts';

/** When a delivery is retried, what counts as success, and how a receiver makes use of it. */
export function RetriesTopic() {
  const [{ webhookId = '' }] = useGuideSearch();
  const { data, error, refetch } = useQuery({
    ...getWebhookOptions({ path: { id: webhookId } }),
    enabled: webhookId !== '',
  });
  const schedule = webhookId === '' ? USUAL_SCHEDULE : data?.retrySchedule;
  return (
    <div className="flex max-w-4xl flex-col gap-4">
      <Section
        title="When a delivery is tried again"
        note={
          webhookId === ''
            ? 'Unless the webhook has a schedule of its own. Each wait is up to 10 % longer, at random.'
            : 'By the schedule of this webhook. Each wait is up to 10 % longer, at random.'
        }
      >
        {error && !data ? (
          <ProblemNote error={error} onRetry={() => void refetch()} />
        ) : schedule ? (
          <RetryTimeline schedule={schedule} />
        ) : (
          <Skeleton className="h-24" label="Loading the schedule" />
        )}
      </Section>
      <AnswersTable />
      <Section title="What your receiver should do">
        <ul className="flex list-disc flex-col gap-1.5 pl-5">
          <li>Verify the signature, store the event, answer 2xx, and work on it afterwards.</li>
          <li>
            Expect an event more than once. The header <Header name="webhook-id" /> is the same on
            every attempt: keep it, and answer 2xx to an event that you already have, without doing
            the work again.
          </li>
          <li>
            Expect events out of order, unless the webhook is ordered by session: each says when it
            occurred.
          </li>
          <li>
            Answer 4xx or 5xx only if you want the event again. Five failures in a row pause the
            webhook by default, and nothing is lost: deliveries are held until you resume it.
          </li>
          <li>
            <Header name="X-Schoolbell-Attempt" /> counts the attempts, and{' '}
            <Header name="X-Schoolbell-Test" /> marks tests.
          </li>
        </ul>
      </Section>
    </div>
  );
}

function Header({ name }: { name: string }) {
  return <code className="font-mono text-sm">{name}</code>;
}
