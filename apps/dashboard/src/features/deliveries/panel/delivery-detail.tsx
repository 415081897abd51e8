import { Note } from '../../../ui/note.tsx';
import { ProblemNote } from '../../../ui/problem-note.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { useNow } from '../../../ui/use-now.ts';
import { verdictOf } from '../verdict/verdict.ts';
import { DeliveryActions } from './actions/delivery-actions.tsx';
import { Attempts } from './attempts/attempts.tsx';
import { Facts } from './facts.tsx';
import { useOpenDelivery, useWebhookOf } from './use-open-delivery.ts';
import { VerdictNote } from './verdict-note.tsx';

/** All about one delivery: the verdict first, then what can be done, then the proof. */
export function DeliveryDetail({ deliveryId }: { deliveryId: string }) {
  const { data: delivery, error, refetch } = useOpenDelivery(deliveryId);
  const { webhook, isPending } = useWebhookOf(delivery?.webhookId);
  const now = useNow();
  if (!delivery) {
    return error ? (
      <ProblemNote
        error={error}
        title="This delivery could not be loaded"
        onRetry={() => void refetch()}
      />
    ) : (
      <Loading />
    );
  }
  // The verdict depends on the webhook: a verdict that changes at once has to be read twice.
  if (isPending) return <Loading />;
  const verdict = verdictOf({ delivery, webhook, now });
  return (
    <div className="flex flex-col gap-5">
      <VerdictNote delivery={delivery} verdict={verdict} />
      {error && (
        <Note tone="wait" title="What is shown may be out of date" role="status">
          <p>Schoolbell could not be asked again just now.</p>
        </Note>
      )}
      <DeliveryActions delivery={delivery} verdict={verdict} webhook={webhook} />
      <Facts delivery={delivery} webhook={webhook} />
      <Attempts delivery={delivery} webhook={webhook} />
    </div>
  );
}

function Loading() {
  return (
    <div className="flex flex-col gap-5">
      <Skeleton className="h-36" label="Loading the delivery" />
      <Skeleton className="h-9 w-72" label="" />
      <Skeleton className="h-44" label="" />
    </div>
  );
}
