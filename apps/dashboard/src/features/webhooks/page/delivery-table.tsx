import type { DeliveryDocument } from '@schoolbell/api-client';
import { Link } from '@tanstack/react-router';
import { cx } from '../../../ui/cx.ts';
import { DeliveryStatusBadge } from '../../../ui/delivery-status.tsx';
import { duration } from '../../../ui/numbers.ts';
import { Table, Td, Th } from '../../../ui/table.tsx';
import { Time } from '../../../ui/time.tsx';
import { errorCodeLabel } from '../../../ui/error-words.ts';
import { opening } from '../../deliveries/opening.ts';
import { failureOf } from '../testing/answer-in-words.ts';

interface DeliveryTableProps {
  deliveries: readonly DeliveryDocument[];
  /** Whether it ends the card that it stands in, rather than being one. */
  inCard?: boolean;
}

/** Deliveries of one webhook; each opens beside the page. */
export function DeliveryTable({ deliveries, inCard = false }: DeliveryTableProps) {
  if (deliveries.length === 0) {
    return (
      <p
        className={cx(
          'py-6 text-center text-muted',
          !inCard && 'rounded-lg border border-line bg-surface px-4',
        )}
      >
        No deliveries yet. The next event that this webhook listens to appears here within seconds.
      </p>
    );
  }
  return (
    <Table label="Newest deliveries" className="text-sm" inCard={inCard}>
      <thead>
        <tr>
          <Th className="w-28">Status</Th>
          <Th>Event</Th>
          <Th from="sm">Last answer</Th>
          <Th numeric from="md">
            Attempts
          </Th>
          <Th numeric from="md">
            Time
          </Th>
          <Th numeric>Created</Th>
        </tr>
      </thead>
      <tbody>
        {deliveries.map((delivery) => (
          <DeliveryRow key={delivery.id} delivery={delivery} />
        ))}
      </tbody>
    </Table>
  );
}

function DeliveryRow({ delivery }: { delivery: DeliveryDocument }) {
  const { id, status, eventType, test, lastAttempt, attemptCount, createdAt } = delivery;
  return (
    <tr className="relative hover:bg-hover">
      <Td>
        <DeliveryStatusBadge status={status} />
      </Td>
      <Td className="w-full max-w-0 min-w-32">
        <Link
          {...opening(id)}
          data-delivery={id}
          title={eventType}
          className="block truncate font-mono text-sm after:absolute after:inset-0"
        >
          {eventType}
          {test && <span className="font-sans text-muted"> (test)</span>}
        </Link>
      </Td>
      <Td from="sm" className="whitespace-nowrap">
        {answerOf(lastAttempt)}
      </Td>
      <Td numeric from="md">
        {attemptCount}
      </Td>
      <Td numeric from="md" className="whitespace-nowrap">
        {lastAttempt?.durationMs == null ? '–' : duration(lastAttempt.durationMs)}
      </Td>
      <Td numeric className="whitespace-nowrap text-muted">
        <Time at={createdAt} />
      </Td>
    </tr>
  );
}

function answerOf(attempt: DeliveryDocument['lastAttempt']) {
  if (!attempt) return <span className="text-muted">–</span>;
  if (attempt.errorCode === null) return attempt.responseStatus;
  const { title } = failureOf(attempt.errorCode, attempt.responseStatus);
  return (
    <span className="text-bad" title={title}>
      {attempt.responseStatus ?? errorCodeLabel(attempt.errorCode)}
    </span>
  );
}
