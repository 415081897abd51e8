import type {
  Acceptance,
  Deferred,
  EventIntake,
  IncomingEvent,
  IntakeReport,
  Wakes,
} from '@schoolbell/delivery';
import { isDatabaseUnavailable, isStatementTimeout } from '@schoolbell/persistence';
import { ApiError } from '../http/api-error.js';
import type { FanOutWidths } from './fan-out-widths.js';
import { IntakeLane, type WaitingEvent } from './intake-lane.js';
import { INTAKE_LIMITS, type IntakeLimits } from './intake-limits.js';

export type LaneName = keyof IntakeLimits;

/**
 * Stores events in two lanes, each with a connection and one flush in flight: the light one for events that go to
 * few webhooks, the heavy one for those that go to very many, so that nobody waits for these but their own
 * tenants. What an event goes to is known once Postgres has looked; what turns out to be too much for a flush is
 * deferred, and goes again.
 */
export class EventIntakeBuffer {
  readonly #lanes: Record<LaneName, IntakeLane>;

  constructor(
    private readonly intakes: Record<LaneName, Pick<EventIntake, 'accept'>>,
    private readonly wakes: Wakes,
    private readonly widths: FanOutWidths,
    limits: IntakeLimits = INTAKE_LIMITS,
  ) {
    const lane = (name: LaneName): IntakeLane =>
      new IntakeLane(limits[name], widths, (flush) => this.#settle(name, flush));
    this.#lanes = { light: lane('light'), heavy: lane('heavy') };
  }

  /**
   * Resolves once the event is committed.
   *
   * @throws ApiError `service_unavailable` when too many wait already
   * @throws what the database threw when it is away, to everybody who waits
   */
  accept(event: IncomingEvent): Promise<Acceptance> {
    return new Promise((resolve, reject) => {
      this.#add(this.#laneFor(this.widths.expected(event)), { event, resolve, reject });
    });
  }

  #laneFor(deliveries: number): LaneName {
    return deliveries > this.#lanes.light.bounds.ofOneEvent! ? 'heavy' : 'light';
  }

  #add(name: LaneName, waiting: WaitingEvent): void {
    const lane = this.#lanes[name];
    if (!lane.isFullFor(waiting.event)) lane.add(waiting);
    else waiting.reject(name === 'light' ? tooManyWaiting() : tooManyHeavyWaiting());
  }

  /** Never rejects: what went wrong is told to those who wait. */
  async #settle(name: LaneName, flush: readonly WaitingEvent[]): Promise<void> {
    try {
      const events = flush.map(({ event }) => event);
      const report = await this.intakes[name].accept(events, this.#lanes[name].bounds);
      if (report.webhookIds.length > 0) this.wakes.wake(report.webhookIds);
      this.#answer(name, flush, report);
    } catch (error) {
      await this.#settleFailure(name, flush, error);
    }
  }

  #answer(
    name: LaneName,
    flush: readonly WaitingEvent[],
    { acceptances }: IntakeReport<Acceptance | Deferred>,
  ): void {
    const again: WaitingEvent[] = [];
    for (const [index, waiting] of flush.entries()) {
      const outcome = acceptances[index]!;
      if (outcome.kind === 'deferred') {
        this.widths.note(waiting.event, outcome.deliveries);
        const lane = this.#laneFor(outcome.deliveries);
        if (name === 'light' && lane === 'heavy') this.#add(lane, waiting);
        else again.push(waiting);
      } else {
        if (outcome.kind === 'accepted' && !outcome.duplicate) {
          this.widths.note(waiting.event, outcome.deliveries);
        }
        waiting.resolve(outcome);
      }
    }
    this.#lanes[name].putBack(again);
  }

  async #settleFailure(
    name: LaneName,
    flush: readonly WaitingEvent[],
    error: unknown,
  ): Promise<void> {
    // What is too much at once may be little enough in halves.
    const tooMuch = name === 'heavy' && isStatementTimeout(error);
    if (isDatabaseUnavailable(error) && !tooMuch) {
      // Those behind would only wait for the same answer.
      for (const { reject } of [...flush, ...this.#lanes[name].drain()]) reject(error);
    } else if (flush.length === 1) {
      flush[0]!.reject(error);
    } else {
      // One event that cannot be stored must not keep the others out: halve until it is alone.
      const half = Math.ceil(flush.length / 2);
      await this.#settle(name, flush.slice(0, half));
      await this.#settle(name, flush.slice(half));
    }
  }
}

/** @returns 503: Postgres does not keep up, and memory is not where events wait for it */
export function tooManyWaiting(): ApiError {
  return new ApiError('service_unavailable', 'Too many events are waiting to be stored.', {
    headers: { 'Retry-After': '1' },
  });
}

/** @returns 503 for a tenant of whose events very many webhooks want each */
export function tooManyHeavyWaiting(): ApiError {
  const detail = 'Too many events of this tenant that go to very many webhooks wait to be stored.';
  return new ApiError('service_unavailable', detail, { headers: { 'Retry-After': '5' } });
}
