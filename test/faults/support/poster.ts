import { setTimeout as sleep } from 'node:timers/promises';
import { apiClient, type Schoolbell } from '../../support/index.js';

/** Much longer than any fault here. */
const GIVE_UP_MS = 60_000;
const REPEAT_AFTER_MS = 300;

export interface Load {
  events: number;
  perSecond: number;
}

/**
 * A runtime service that follows the API's docs: every event has a key, and posts without an answer, or with a 503, are
 * repeated with that key until they are accepted.
 */
export class Poster {
  /** TypeIDs of accepted events by their keys. */
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

  /** Posts at a steady rate, whatever happens. Resolves when each event is accepted. */
  post(load: Load): Promise<void> {
    const done = this.postAll(load);
    // A caller who awaits it later still gets the error; until then it must not be an unhandled rejection.
    done.catch(() => undefined);
    return done;
  }

  /** Goes on at that rate. @returns ends it, and resolves when each event is accepted */
  postOn(perSecond: number): () => Promise<void> {
    let isOver = false;
    const posting = (async () => {
      while (!isOver) await this.post({ events: perSecond / 5, perSecond });
    })();
    return async () => {
      isOver = true;
      await posting;
    };
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
