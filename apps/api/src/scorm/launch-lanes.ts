import type {
  Deferred,
  LaunchOutcome,
  NewLaunch,
  ScormIntake,
  ScormReport,
} from '@schoolbell/delivery';
import { LAUNCHES_AT_ONCE } from '@schoolbell/persistence';
import { FairLane } from '../fairness/fair-lane.js';
import { ApiError } from '../http/api-error.js';
import type { LaneName } from '../intake/intake-buffer.js';
import { EVENT_LIMITS } from '../intake/intake-limits.js';

export type OpenedOrNot = Exclude<LaunchOutcome, Deferred>;

const WAITING = { waitingOfOneTenant: 1_000, waitMs: 5_000 };

/** A launch takes some milliseconds, unless very many webhooks want its events. */
const LIGHT = { ...WAITING, atOnce: LAUNCHES_AT_ONCE, ofOneTenant: LAUNCHES_AT_ONCE - 1 };
const HEAVY = { ...WAITING, atOnce: 1, ofOneTenant: 1 };

const LIGHT_BOUNDS = { ofOneEvent: EVENT_LIMITS.light.bounds.ofOneEvent, ofAll: null };

/**
 * Opens launches, a few at once; tenants take turns. Launches whose events very many webhooks want go one by one, so
 * that only others like them wait.
 */
export class LaunchLanes {
  private readonly light = new FairLane(LIGHT, tooManyLaunches);
  private readonly heavy = new FairLane(HEAVY, tooManyLaunches);

  constructor(private readonly intakes: Record<LaneName, Pick<ScormIntake, 'open'>>) {}

  /** @throws ApiError `service_unavailable` when too many wait already, or for too long */
  async open(launch: NewLaunch): Promise<ScormReport<OpenedOrNot>> {
    const { tenantId } = launch;
    const { light, heavy } = this.intakes;
    const report = await this.light.run(tenantId, () => light.open(launch, LIGHT_BOUNDS));
    if (isSettled(report)) return report;
    const settled = await this.heavy.run(tenantId, () => heavy.open(launch));
    if (isSettled(settled)) return settled;
    throw new Error('A launch was deferred without bounds.');
  }
}

function isSettled(report: ScormReport<LaunchOutcome>): report is ScormReport<OpenedOrNot> {
  return report.outcomes.every(({ kind }) => kind !== 'deferred');
}

function tooManyLaunches(): ApiError {
  return new ApiError('service_unavailable', 'Too many launches are being opened at the moment.', {
    headers: { 'Retry-After': '1' },
  });
}
