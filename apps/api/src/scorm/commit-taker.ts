import type { CommitSource, IncomingCommit } from '@schoolbell/delivery';
import { tenantOfPosted, type Poster } from '../auth/poster.js';
import { tenantNotFound } from '../auth/tenant-directory.js';
import type { CommitBuffer } from './commit-buffer.js';
import { type LaunchOfRequest, launchNotFound } from './commit-gate.js';
import { readPlayerCommit, readServerCommit } from './commit-input.js';
import type { LaunchDirectory } from './launch-directory.js';

/** Accepts commits: each is read, and answered once it is stored together with the events that follow from it. */
export class CommitTaker {
  constructor(
    private readonly buffer: CommitBuffer,
    private readonly launches: LaunchDirectory,
    private readonly now: () => number = Date.now,
  ) {}

  /**
   * @param terminate whether the URL says that this is the page's last commit
   * @throws ApiError `launch_not_found`, `validation_failed`, `service_unavailable`
   */
  async takeOfPage(launch: LaunchOfRequest, body: unknown, terminate: boolean): Promise<void> {
    const { tenantId, tokenHash } = launch;
    const commit = readPlayerCommit(body, terminate ? { terminate } : {});
    await this.take(tenantId, { kind: 'token', tokenHash }, { commit });
  }

  /** @throws ApiError with what is wrong */
  async takeOfServer(body: unknown, poster: Poster): Promise<void> {
    const { tenantId: named, session, launchKey, ...said } = readServerCommit(body, this.now());
    const tenantId = tenantOfPosted(poster, named);
    const { commit, occurredAt } = said;
    const source: CommitSource = { kind: 'server', tenantId, session, launchKey };
    await this.take(tenantId, source, { commit, ...(occurredAt && { occurredAt }) });
  }

  private async take(
    tenantId: string,
    source: CommitSource,
    said: Pick<IncomingCommit, 'commit' | 'occurredAt'>,
  ): Promise<void> {
    const size = JSON.stringify([source, said]).length;
    const commit = { source, ...said, acceptedAt: this.now(), size };
    const outcome = await this.buffer.accept({ tenantId, commit });
    switch (outcome.kind) {
      case 'taken':
        return;
      case 'unknown_launch':
        if (source.kind === 'token') this.launches.forget(source.tokenHash);
        throw launchNotFound();
      case 'unknown_tenant':
        throw tenantNotFound();
    }
  }
}
