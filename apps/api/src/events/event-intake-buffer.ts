import type { Acceptance, Deferred, EventIntake, IncomingEvent, Wakes } from '@schoolbell/delivery';
import type { FanOutWidths } from '../intake/fan-out-widths.js';
import { IntakeBuffer, type LaneName, type StoreItems } from '../intake/intake-buffer.js';
import { EVENT_LIMITS, type IntakeLimits } from '../intake/intake-limits.js';

/** Stores events that are posted one by one, many of them together. */
export class EventIntakeBuffer extends IntakeBuffer<IncomingEvent, Acceptance> {
  constructor(
    intakes: Record<LaneName, Pick<EventIntake, 'accept'>>,
    wakes: Wakes,
    widths: FanOutWidths,
    limits: IntakeLimits = EVENT_LIMITS,
  ) {
    const kind = {
      plural: 'events',
      tenantOf: (event: IncomingEvent) => event.tenantId,
      sizeOf: (event: IncomingEvent) => event.payload.length,
      widthOf: (event: IncomingEvent) => widths.expected(event),
      store: { light: storeIn(intakes.light), heavy: storeIn(intakes.heavy) },
      note: (event: IncomingEvent, outcome: Acceptance | Deferred) =>
        noteWidth(widths, event, outcome),
    };
    super(kind, wakes, limits);
  }
}

function storeIn(intake: Pick<EventIntake, 'accept'>): StoreItems<IncomingEvent, Acceptance> {
  return async (events, bounds) => {
    const { acceptances, webhookIds } = await intake.accept(events, bounds);
    return { outcomes: acceptances, webhookIds };
  };
}

/** A repeated event says nothing about width: it goes nowhere. */
export function noteWidth(
  widths: FanOutWidths,
  event: IncomingEvent,
  outcome: Acceptance | Deferred,
): void {
  const isNew = outcome.kind === 'accepted' && !outcome.duplicate;
  if (isNew || outcome.kind === 'deferred') widths.note(event, outcome.deliveries);
}
