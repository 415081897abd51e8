import { OmitType } from '@nestjs/swagger';
import { DeliveryQuery } from '../deliveries/delivery-filters.js';

/** The query of `GET /v1/stream/deliveries`: the filters of the list. */
export class StreamQuery extends OmitType(DeliveryQuery, ['limit', 'cursor'] as const) {}
