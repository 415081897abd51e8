import type {
  DeliveryDocument,
  OperationDocument,
  StreamSummaryDocument,
  StreamWebhookDocument,
} from '@schoolbell/api-client';
import type { ServerSentEvent } from './server-sent-events.ts';

/**
 * What changed at the tenant whose page this is.
 *
 * - `delivery`: a delivery as the list shows it now, with `event`
 * - `webhook`: one was registered, edited, paused, resumed or deleted
 * - `operation`: how far an operation is
 * - `summary`: more changed than can be told row by row: ask again where it matters
 * - `again`: what is shown may be old, as after a break and while there is no stream: ask again
 */
export type DeliveryChange =
  | { kind: 'delivery'; row: DeliveryDocument }
  | { kind: 'webhook'; webhook: StreamWebhookDocument }
  | { kind: 'operation'; operation: OperationDocument }
  | { kind: 'summary'; summary: StreamSummaryDocument }
  | { kind: 'again' };

/** @returns undefined for what a later API says and this page does not know */
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
