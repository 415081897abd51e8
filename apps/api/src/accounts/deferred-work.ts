import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import { ApiError } from '../http/api-error.js';

/** Beyond this much there is more to do than anybody waits for. */
const MOST_PENDING = 1_000;

/**
 * Does work once the request that asks for it has been answered, so that the answer says nothing about it, also not
 * by its timing. What fails is lost: whoever asked asks again.
 */
@Injectable()
export class DeferredWork implements BeforeApplicationShutdown {
  private readonly logger = new Logger(DeferredWork.name);
  private readonly pending = new Set<Promise<void>>();

  /** @throws ApiError `service_unavailable`, whatever the work is, when too much is pending */
  defer(work: () => Promise<void>): void {
    if (this.pending.size >= MOST_PENDING) throw new ApiError('service_unavailable');
    const running = afterAnswers()
      .then(work)
      .catch((error: unknown) => {
        this.logger.error(`Could not do what was deferred: ${String(error)}`);
      })
      .finally(() => this.pending.delete(running));
    this.pending.add(running);
  }

  /** Waits for what is pending. */
  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all(this.pending);
  }
}

/** The next turn of the event loop: answers that are ready are written by then. */
function afterAnswers(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
