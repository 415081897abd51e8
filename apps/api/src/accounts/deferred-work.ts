import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import { ApiError } from '../http/api-error.js';

/** More than this is more than anybody waits for. */
const MOST_PENDING = 1_000;

/**
 * Does work after its request has been answered, so that neither the answer nor its timing reveals anything about the
 * work. Failed work is lost: the user requests it again.
 */
@Injectable()
export class DeferredWork implements BeforeApplicationShutdown {
  private readonly logger = new Logger(DeferredWork.name);
  private readonly pending = new Set<Promise<void>>();

  /** @throws ApiError `service_unavailable` when too much is pending, whatever the work is */
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

  /** Waits for pending work. */
  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all(this.pending);
  }
}

/** Resolves in the next turn of the event loop: finished answers have been written by then. */
function afterAnswers(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
