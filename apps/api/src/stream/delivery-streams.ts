import type { BeforeApplicationShutdown } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Principal } from '../auth/principal.js';
import type { OngoingAccess } from '../auth/ongoing-access.js';
import { toDeliveryFilter } from '../deliveries/delivery-filters.js';
import { toExpansion } from '../deliveries/expand-query.js';
import type { KnownEventTypes } from '../event-types/known-event-types.js';
import type { DeliveryFeed } from './delivery-feed.js';
import { EventStream } from './event-stream.js';
import type { StreamQuery } from './stream-query.js';
import type { WatchSeats } from './watch-seats.js';

/** How often to check whether readers still may watch. */
const ASK_AGAIN_MS = 2_000;

/** For the last bytes when the process stops. */
const LAST_BYTES_MS = 500;

/** Opens streams of deliveries, and ends those of readers who may no longer watch. */
export class DeliveryStreams implements BeforeApplicationShutdown {
  private readonly openStreams = new Map<EventStream, FastifyRequest>();
  private readonly timer: NodeJS.Timeout;

  constructor(
    private readonly feed: DeliveryFeed,
    private readonly seats: WatchSeats,
    private readonly access: OngoingAccess,
    private readonly eventTypes: KnownEventTypes,
  ) {
    this.timer = setInterval(() => void this.endTheRefused(), ASK_AGAIN_MS).unref();
  }

  /** @throws ApiError `validation_failed`, `too_many_streams`, `service_unavailable` */
  async open(
    principal: Principal,
    tenantId: string,
    query: StreamQuery,
    request: FastifyRequest,
  ): Promise<EventStream> {
    await this.eventTypes.requireEver(tenantId, 'type', query.type);
    const leave = this.seats.take(principal, tenantId);
    const stream = new EventStream();
    // Nobody else notices a reader who leaves before the first byte.
    const gone = (): unknown => stream.destroy();
    request.socket.once('close', gone);
    stream.once('close', () => {
      leave();
      request.socket.off('close', gone);
      this.openStreams.delete(stream);
    });
    this.openStreams.set(stream, request);
    try {
      await this.feed.open(tenantId, watchOf(query, stream), lastEventIdOf(request));
    } catch (error) {
      stream.destroy();
      throw error;
    }
    return stream;
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.feed.close();
    for (const stream of this.openStreams.keys()) stream.finish();
    setTimeout(() => {
      // A reader who does not read would keep the process from stopping.
      for (const stream of this.openStreams.keys()) stream.destroy();
    }, LAST_BYTES_MS).unref();
  }

  private async endTheRefused(): Promise<void> {
    for (const [stream, request] of this.openStreams) {
      if (!(await this.access.isAllowed(request))) stream.finish();
    }
  }
}

function watchOf({ expand, ...asked }: StreamQuery, stream: EventStream) {
  // An id that cannot exist: nothing can match.
  const filter = toDeliveryFilter(asked) ?? { deliveryId: '' };
  return { stream, filter, expansion: toExpansion({ expand }) };
}

function lastEventIdOf({ headers }: FastifyRequest): string | undefined {
  const id = headers['last-event-id'];
  return Array.isArray(id) ? id[0] : id;
}
