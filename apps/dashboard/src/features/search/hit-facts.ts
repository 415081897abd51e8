import type { SearchHitDocument as Hit } from '@schoolbell/api-client';
import { count, counted } from '../../ui/numbers.ts';
import { DELIVERY_STATUS } from '../../ui/delivery-status.tsx';

/** A few words to tell hits apart: "session.completed, 1 dead, 2 delivered". */
export function factsOf(hit: Hit): string {
  return wordsOf(hit).filter(Boolean).join(', ');
}

function wordsOf(hit: Hit): (string | null | undefined)[] {
  const { type, status, number, size, detail, url, description } = hit;
  switch (hit.kind) {
    case 'event':
      return [type, deliveriesOf(hit)];
    case 'delivery':
      return [type, statusOf(status), answerOf(hit)];
    case 'attempt':
      return [number === undefined ? undefined : `attempt ${number}`, status, answerOf(hit)];
    case 'webhook':
      return [description, url, status];
    case 'batch':
      return [size === undefined ? undefined : counted(size, 'delivery', 'deliveries'), status];
    case 'operation':
      return [hit.operation, status, `${count(hit.done ?? 0)} of ${count(hit.total ?? 0)} done`];
    case 'event_rejection':
      return [type, answerOf(hit), detail];
    default:
      return [eventsOf(hit), type ? `last: ${type}` : undefined];
  }
}

function deliveriesOf({ deliveryCounts = {} }: Hit): string {
  const some = Object.entries(deliveryCounts).filter(([, times]) => times > 0);
  if (some.length === 0) return 'no webhook wanted it';
  return some.map(([status, times]) => `${count(times)} ${statusOf(status)}`).join(', ');
}

function eventsOf({ events = 0, moreEvents }: Hit): string {
  return moreEvents ? `more than ${counted(events, 'event')}` : counted(events, 'event');
}

function answerOf({ responseStatus, errorCode }: Hit): string | null | undefined {
  if (responseStatus != null) return `answered ${responseStatus}`;
  return errorCode?.replaceAll('_', ' ');
}

function statusOf(status: string | undefined): string | undefined {
  const known = DELIVERY_STATUS[status as keyof typeof DELIVERY_STATUS];
  return known?.label.toLowerCase() ?? status;
}
