import { WEBHOOK_LIMITS, type DeliveryMode } from '@schoolbell/delivery';
import { formatNamed } from '@schoolbell/formats';
import { Flag } from '../fields/flag.js';
import { OneOf } from '../fields/one-of.js';
import { MayBeLeftOut } from '../fields/optional.js';
import { Whole } from '../fields/whole.js';
import type { FieldError } from '../http/api-error.js';

const DEFAULT_INTERVAL_SECONDS = 60;

/** One event per request, or several where the format can carry them. */
export class DeliveryInput {
  @OneOf(['single', 'batch'], { default: 'single' })
  mode!: 'single' | 'batch';

  @MayBeLeftOut()
  @Whole({
    minimum: 1,
    maximum: WEBHOOK_LIMITS.batchEvents,
    description:
      'With `batch`: the highest number of events in one request. By default, and at most, what the format has room for.',
  })
  maxEvents?: number;

  @MayBeLeftOut()
  @Whole({
    minimum: 1,
    maximum: WEBHOOK_LIMITS.batchIntervalSeconds,
    default: DEFAULT_INTERVAL_SECONDS,
    description: 'With `batch`: how long the oldest event waits for others.',
  })
  intervalSeconds?: number;

  @MayBeLeftOut()
  @Flag({
    default: false,
    description: 'With `batch`: of `session.progress` only the newest of each session is sent.',
  })
  coalesce?: boolean;
}

/** Fields that have no meaning in this mode. */
export function deliveryFaults(input: DeliveryInput): FieldError[] {
  if (input.mode === 'batch') return [];
  const fields = ['maxEvents', 'intervalSeconds', 'coalesce'] as const;
  return fields
    .filter((field) => input[field] !== undefined)
    .map((field) => ({
      path: `delivery.${field}`,
      message: 'belongs to the mode batch: leave it out',
    }));
}

/** @param input which has no {@link deliveryFaults} */
export function toDeliveryMode(format: string, input: DeliveryInput): DeliveryMode {
  if (input.mode === 'single') return { mode: 'single' };
  return {
    mode: 'batch',
    maxEvents: input.maxEvents ?? formatNamed(format)?.batches?.maxEvents ?? 1,
    intervalSeconds: input.intervalSeconds ?? DEFAULT_INTERVAL_SECONDS,
    ...(input.coalesce && { coalesce: true }),
  };
}
