import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import {
  type Database,
  hasAsyncStandbyOnly,
  pendingMigrations,
  takesWrites,
} from '@schoolbell/persistence';
import { QueueHealth, type QueueState } from '@schoolbell/queue';
import { IntakeHealth } from '../persistence/intake-health.js';
import { API_SETTINGS, type ApiSettings } from '../config/api-settings.js';
import { DATABASE } from '../persistence/persistence.module.js';

type PartStatus = 'up' | 'degraded' | 'down';

interface Check {
  status: PartStatus;
  /** Why it is not `up`. */
  detail?: string;
  /** What may go wrong although it is. */
  warning?: string;
}

/** Whether the service can do its work, and which part prevents that. */
export interface Readiness {
  /** `degraded`: everything works, but some of it later. `down`: nothing is accepted. */
  status: PartStatus;
  checks: Record<'postgres' | 'migrations' | 'queue', Check>;
}

const ASYNC_STANDBY =
  'Commits wait for no standby: if one is promoted, the events that were accepted last are lost. ' +
  'Set synchronous_standby_names.';

const ANSWER_WITHIN_MS = 2_000;

/** Checks the parts that the API depends on; answers within seconds, whatever they do. */
@Injectable()
export class ReadinessProbe {
  constructor(
    @Inject(DATABASE) private readonly db: Database,
    private readonly queue: QueueHealth,
    private readonly intake: IntakeHealth,
    @Inject(API_SETTINGS) private readonly settings: ApiSettings,
  ) {}

  async check(): Promise<Readiness> {
    const [postgres, queue] = await Promise.all([this.postgres(), this.queueState()]);
    const migrations = postgres.status === 'up' ? await this.migrations() : postgres;
    const checks = { postgres, migrations, queue };
    return { status: worstOf(Object.values(checks).map(({ status }) => status)), checks };
  }

  private async postgres(): Promise<Check> {
    const [writable, losesLast] = await Promise.all([
      inTime(takesWrites(this.db.intakePool)),
      this.losesLast(),
    ]);
    if (writable === undefined) return { status: 'down', detail: 'Postgres does not answer.' };
    if (!writable) return { status: 'down', detail: 'Postgres takes no writes: it is read-only.' };
    if (this.intake.refusing)
      return { status: 'down', detail: 'Postgres refuses to store events.' };
    return losesLast ? { status: 'up', warning: ASYNC_STANDBY } : { status: 'up' };
  }

  private async losesLast(): Promise<boolean> {
    if (this.settings.warnOfAsyncStandby === false) return false;
    return (await inTime(hasAsyncStandbyOnly(this.db.servingPool))) ?? false;
  }

  private async migrations(): Promise<Check> {
    const pending = await inTime(pendingMigrations(this.db));
    if (!pending) return { status: 'down', detail: 'The migrations cannot be read.' };
    if (pending.length === 0) return { status: 'up' };
    return { status: 'down', detail: `Not applied yet: ${pending.join(', ')}` };
  }

  private async queueState(): Promise<Check> {
    const state = await this.queue.state();
    return state === 'up' ? { status: 'up' } : { status: 'degraded', detail: QUEUE_DETAIL[state] };
  }
}

const QUEUE_DETAIL: Record<Exclude<QueueState, 'up'>, string> = {
  away: "The queue's server does not answer; deliveries are sent by the sweep.",
  refusing: "The queue's server takes no writes; deliveries are sent by the sweep.",
};

function worstOf(statuses: readonly PartStatus[]): PartStatus {
  if (statuses.includes('down')) return 'down';
  return statuses.includes('degraded') ? 'degraded' : 'up';
}

/** The result, or `undefined` if it fails or takes too long. */
async function inTime<T>(asked: Promise<T>): Promise<T | undefined> {
  const late = sleep(ANSWER_WITHIN_MS, undefined, { ref: false });
  return Promise.race([asked, late]).catch(() => undefined);
}
