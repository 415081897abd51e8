import type { OperationDocument } from '@schoolbell/api-client';
import { count, counted } from '../../ui/numbers.ts';
import { paceOf } from './pace.ts';

type Kind = OperationDocument['kind'];

/** What it works on. The total is an estimate until it is corrected, and never less than what is done. */
const WHAT: Record<Kind, (total: number) => string> = {
  retry: (total) => `Retry of ${counted(total, 'dead letter')}`,
  discard: (total) => `Discarding of ${counted(total, 'dead letter')}`,
  replay: (total) => `Replay of ${counted(total, 'event')}`,
  erasure: (total) => `Erasure of ${counted(total, 'event')}`,
};

/** Why some could not be done. */
const FAILED: Record<Kind, string> = {
  retry: 'could not be retried: their webhook was deleted, or their event is gone',
  discard: 'were no longer dead letters',
  replay: 'could not be sent',
  erasure: 'could not be erased',
};

/** What a delivery or event has become by it. */
const DONE: Record<Kind, string> = {
  retry: 'sent on their way again',
  discard: 'discarded',
  replay: 'sent on their way',
  erasure: 'erased',
};

/** "Retry of 1,204 dead letters", for an operation that anybody may have started. */
export const titleOf = ({ kind, total }: Pick<OperationDocument, 'kind' | 'total'>): string =>
  WHAT[kind](total);

/** Its progress, in words that claim no more than is known. */
export function progressOf(operation: OperationDocument, now: number): string {
  const { kind, status, total, done, failed } = operation;
  const soFar = `${count(done)} of ${count(total)} ${DONE[kind]}`;
  const but = failed > 0 ? ` ${count(failed)} ${FAILED[kind]}.` : '';
  switch (status) {
    case 'running':
      return `${soFar}${paceOf(operation, now)}.${but}`;
    case 'completed':
      return `Done: ${soFar}.${but}`;
    case 'cancelled':
      return `Cancelled: ${soFar}.${but} What was done stays done.`;
    case 'failed':
      return `It stopped on an error: ${soFar}.${but} Start it again for the rest.`;
  }
}
