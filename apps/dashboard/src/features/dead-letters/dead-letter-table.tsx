import { Link } from '@tanstack/react-router';
import type { DeliveryDocument } from '@schoolbell/api-client';
import { useEveryWebhook } from '../../app/api/use-every-webhook.ts';
import { Checkbox } from '../../ui/checkbox.tsx';
import { DeliveryStatusBadge } from '../../ui/delivery-status.tsx';
import { errorWords } from '../../ui/error-words.ts';
import { count } from '../../ui/numbers.ts';
import { Table, Td, Th } from '../../ui/table.tsx';
import { Time } from '../../ui/time.tsx';
import { webhookName } from '../../ui/webhook-name.ts';
import { opening } from '../deliveries/opening.ts';
import { useMayAct } from './use-operation.ts';

interface DeadLetterTableProps {
  rows: DeliveryDocument[];
  chosen: ReadonlySet<string>;
  onChoose: (id: string, chosen: boolean) => void;
}

/** One row each: it opens the delivery, and its box chooses it. */
export function DeadLetterTable({ rows, chosen, onChoose }: DeadLetterTableProps) {
  const { data: webhooks = [] } = useEveryWebhook();
  const names = new Map(webhooks.map((webhook) => [webhook.id, webhookName(webhook)]));
  const { retry: mayChoose } = useMayAct();
  return (
    // Fixed columns: a name that loads later and a time that grows move nothing.
    <Table label="Dead letters" className="min-w-220 table-fixed text-sm">
      <thead>
        <tr>
          {mayChoose && (
            <Th className="w-13">
              <span className="sr-only">Chosen</span>
            </Th>
          )}
          <Th className="w-46">Event</Th>
          <Th className="w-74">Error</Th>
          <Th>Webhook</Th>
          <Th numeric className="w-20">
            Attempts
          </Th>
          <Th className="w-26">Last attempt</Th>
          <Th className="w-26">Created</Th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id} className="relative hover:bg-hover">
            {mayChoose && (
              <Td>
                <span className="relative z-1 block">
                  <Checkbox
                    checked={chosen.has(row.id)}
                    disabled={row.status !== 'dead'}
                    onChange={(is) => onChoose(row.id, is)}
                  >
                    <span className="sr-only">Choose {row.id}</span>
                  </Checkbox>
                </span>
              </Td>
            )}
            <Cells row={row} webhook={names.get(row.webhookId) ?? 'A deleted webhook'} />
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function Cells({ row, webhook }: { row: DeliveryDocument; webhook: string }) {
  const { id, eventType, attemptCount, lastAttempt, createdAt, status: state } = row;
  const status = lastAttempt?.responseStatus;
  const { label } = errorWords(lastAttempt?.errorCode, status);
  return (
    <>
      <Td className="truncate" title={eventType}>
        <Link
          {...opening(id)}
          data-delivery={id}
          className="font-mono text-sm after:absolute after:inset-0"
        >
          {eventType}
        </Link>
      </Td>
      <Td title={label}>
        {state === 'dead' ? (
          // Where there is no room for both, the status stays: it tells more.
          <span className="flex gap-1">
            <span className="truncate">{label}</span>
            {status ? <span className="tabular-nums">({status})</span> : ''}
          </span>
        ) : (
          // Retried or discarded meanwhile; the row stays until the list is read again.
          <DeliveryStatusBadge status={state} />
        )}
      </Td>
      <Td className="truncate" title={webhook}>
        <bdi>{webhook}</bdi>
      </Td>
      <Td numeric>{count(attemptCount)}</Td>
      <Td className="whitespace-nowrap text-muted">
        {lastAttempt ? <Time at={lastAttempt.at} /> : '–'}
      </Td>
      <Td className="whitespace-nowrap text-muted">
        <Time at={createdAt} />
      </Td>
    </>
  );
}
