import { setTimeout as sleep } from 'node:timers/promises';
import { apiClient, type Schoolbell } from '../../support/index.js';

/** Far more than any fault here lasts. */
const GIVE_UP_MS = 60_000;
const REPEAT_AFTER_MS = 300;

export interface Load {
  events: number;
  perSecond: number;
}

/**
 * A runtime service as the API's docs ask for one: every event has a key, and what got no answer, or 503, is
 * repeated with it until it is accepted.
 */
export class Poster {
  /** The event's TypeID by its key, for each 202. */
  readonly promised = new Map<string, string>();
  /** Requests that broke without an answer. */
  unanswered = 0;
  /** Requests that were answered with 503. */
  refused = 0;
  private posted = 0;
  private readonly api;

  constructor({ apiUrl, tenantKey }: Pick<Schoolbell, 'apiUrl' | 'tenantKey'>) {
    this.api = apiClient(apiUrl, tenantKey);
  }

  /** Posts at a steady rate, whatever becomes of it. Resolves when each event is accepted. */
  post(load: Load): Promise<void> {
    const done = this.postAll(load);
    // Whoever looks at it only later still hears of it; meanwhile it is no unhandled rejection.
    done.catch(() => undefined);
    return done;
  }

  private async postAll({ events, perSecond }: Load): Promise<void> {
    const start = performance.now();
    const posting: Promise<void>[] = [];
    for (let i = 0; i < events; i++) {
      const wait = start + (i * 1000) / perSecond - performance.now();
      if (wait > 1) await sleep(wait);
      posting.push(this.postUntilAccepted(`key-${this.posted++}`));
    }
    await Promise.all(posting);
  }

  private async postUntilAccepted(key: string): Promise<void> {
    const giveUpAt = performance.now() + GIVE_UP_MS;
    while (!(await this.accepted(key))) {
      if (performance.now() > giveUpAt) throw new Error(`${key} is not accepted.`);
      await sleep(REPEAT_AFTER_MS);
    }
  }

  private async accepted(key: string): Promise<boolean> {
    const answer = await this.api.post('/v1/events', eventWith(key)).catch(() => undefined);
    if (!answer) {
      this.unanswered++;
      return false;
    }
    const { status, headers, body } = answer;
    if (status === 503 && Number(headers.get('retry-after')) > 0) {
      this.refused++;
      return false;
    }
    if (status !== 202) throw new Error(`${key} was answered ${status}: ${JSON.stringify(body)}`);
    this.promised.set(key, body.id);
    return true;
  }
}

function eventWith(idempotencyKey: string) {
  return {
    type: 'session.completed',
    idempotencyKey,
    data: {
      sessionId: idempotencyKey,
      packageId: 'pkg_1',
      learnerId: 'lrn_1',
      completionStatus: 'completed',
    },
  };
}
