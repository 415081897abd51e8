import { Injectable } from '@nestjs/common';
import type { DeadLetterGrouping } from '@schoolbell/delivery';
import {
  type DeadLetterGroups,
  type DeliveryFilter,
  DeliveryRepository,
} from '@schoolbell/persistence';
import { KnownEventTypes } from '../event-types/known-event-types.js';
import { ListLane } from '../fairness/list-lane.js';
import { decodeCursor, type Page, toPage } from '../http/pagination.js';
import { type DeliveryDocument, presentDelivery } from './delivery-document.js';
import {
  type DeliveryConditions,
  type DeliveryQuery,
  toDeliveryFilter,
} from './delivery-filters.js';
import { toExpansion } from './expand-query.js';

/** Pages of deliveries, for every list of them. */
@Injectable()
export class DeliveryLists {
  constructor(
    private readonly deliveries: DeliveryRepository,
    private readonly lane: ListLane,
    private readonly eventTypes: KnownEventTypes,
  ) {}

  /**
   * @param also conditions in addition to the query's
   * @throws ApiError `validation_failed` for an event type that the tenant never had
   */
  async page(
    tenantId: string,
    query: DeliveryQuery,
    also: DeliveryFilter = {},
  ): Promise<Page<DeliveryDocument>> {
    const { limit, cursor, expand, ...asked } = query;
    await this.eventTypes.requireEver(tenantId, 'type', asked.type);
    const before = decodeCursor(cursor);
    const filter = toDeliveryFilter(asked);
    if (!filter) return { data: [], nextCursor: null };
    const page = { before, limit: limit + 1 };
    const { rows, lookedTo } = await this.lane.read(tenantId, () =>
      this.deliveries.list(tenantId, { ...filter, ...also }, page, toExpansion({ expand })),
    );
    return toPage(rows, limit, presentDelivery, lookedTo);
  }

  /** The dead letters that match a query, grouped by cause. @throws ApiError `validation_failed` like {@link page} */
  async groups(
    tenantId: string,
    asked: DeliveryConditions,
    by: readonly DeadLetterGrouping[],
  ): Promise<DeadLetterGroups> {
    await this.eventTypes.requireEver(tenantId, 'type', asked.type);
    const filter = toDeliveryFilter(asked);
    if (!filter) return { groups: [], isComplete: true };
    return this.lane.read(tenantId, () => this.deliveries.groupDeadLetters(tenantId, filter, by));
  }
}
