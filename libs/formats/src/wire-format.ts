import type { EventRecord, WebhookForSending } from '@schoolbell/delivery';

export type Header = readonly [name: string, value: string];

/** What a format may put into a body. Ids are TypeIDs, as receivers see them. */
export interface FormatInput {
  eventId: string;
  deliveryId: string;
  event: EventRecord;
  webhook: Pick<WebhookForSending, 'id' | 'tenantId' | 'tenantIri' | 'tenantDomain'>;
}

/** The signature header that a format has of its own, beside `webhook-signature`. */
export interface FormatSignature {
  /** The previous secret of a rotation goes under the same name with `-Previous` behind it. */
  header: string;
  /** @param body the exact bytes that are sent */
  sign(secret: string, body: Buffer): string;
  /** Constant headers that go wherever the signature goes, such as one that names the algorithm. */
  alongside?: readonly Header[];
}

/**
 * What goes on the wire for one event: a pure function of its input, so that the body of an attempt can be
 * rendered again for display, byte for byte. Each lives in its own file, with one line in `formats.ts`.
 */
export interface WireFormat {
  /** What a webhook calls it in its `format`. */
  readonly name: string;
  readonly contentType: string;
  /** Whether events of this type have a place in this format. */
  carries(eventType: string): boolean;
  /** Compact JSON, its keys in the documented order. */
  body(input: FormatInput): string;
  /** `null` for a format that has no signature header of its own. */
  readonly signature: FormatSignature | null;
  /** True where the signature is the format: it stays whatever the webhook's `authentication` says. */
  readonly alwaysSigned?: boolean;
}
