import type {
  DeliveryDocument,
  OperationDocument,
  StreamSummaryDocument,
  StreamWebhookDocument,
} from '@schoolbell/api-client';
import type { ServerSentEvent } from './server-sent-events.ts';

/**
 * What changed at the tenant that the page shows.
 *
 * - `delivery`: a delivery as the list shows it now, with `event`
 * - `webhook`: one was registered, edited, paused, resumed or deleted
 * - `operation`: the progress of an operation
 * - `summary`: too much changed to be told row by row; ask again where it matters
 * - `again`: what is shown may be old, after a break or without a stream; ask again
 */
export type DeliveryChange =
  | { kind: 'delivery'; row: DeliveryDocument }
  | { kind: 'webhook'; webhook: StreamWebhookDocument }
  | { kind: 'operation'; operation: OperationDocument }
  | { kind: 'summary'; summary: StreamSummaryDocument }
  | { kind: 'again' };

/** @returns undefined for an event that only a newer API knows */
export function changeOf({ event, data }: ServerSentEvent): DeliveryChange | undefined {
  switch (event) {
    case 'delivery':
      return { kind: 'delivery', row: JSON.parse(data) };
    case 'webhook':
      return { kind: 'webhook', webhook: JSON.parse(data) };
    case 'operation':
      return { kind: 'operation', operation: JSON.parse(data) };
    case 'summary':
      return { kind: 'summary', summary: JSON.parse(data) };
    case 'reset':
      return { kind: 'again' };
    default:
      return undefined;
  }
}
