import { Injectable } from '@nestjs/common';
import { toTypeId } from '@schoolbell/ids';
import { readTraceparent, Tracing } from '@schoolbell/tracing';
import type { FastifyRequest } from 'fastify';

/** An event that was promised, as far as its span tells of it. */
interface Accepted {
  /** UUID. */
  eventId: string;
  duplicate: boolean;
}

/**
 * Tells of events when they are accepted, each in a trace of its own, linked to the caller's: attempts link to it, and
 * whoever follows their links comes from a receiver's answer to the request that reported the event.
 */
@Injectable()
export class AcceptanceSpans {
  private readonly tracing = Tracing.ofProcess();

  /** @param startedAt Unix milliseconds: when the request began */
  accepted(
    acceptances: readonly Accepted[],
    { headers, tenantId }: Pick<FastifyRequest, 'headers' | 'tenantId'>,
    startedAt: number,
  ): void {
    if (!this.tracing) return;
    const endedAt = Date.now();
    const caller = readTraceparent(headers.traceparent as string | undefined);
    const links = caller ? [{ context: caller }] : [];
    for (const { eventId, duplicate } of acceptances) {
      // The span of a repeat would have the ids of the first one's.
      if (duplicate) continue;
      const attributes = {
        'schoolbell.event_id': toTypeId('event', eventId),
        ...(tenantId && { 'schoolbell.tenant_id': toTypeId('tenant', tenantId) }),
      };
      const span = { uuid: eventId, name: 'accept event', kind: 'consumer' } as const;
      this.tracing.tell({ ...span, startedAt, endedAt, attributes, links });
    }
  }
}
