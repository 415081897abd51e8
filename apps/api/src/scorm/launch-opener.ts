import type { NewLaunch, Wakes } from '@schoolbell/delivery';
import { toTypeId, uuidV7 } from '@schoolbell/ids';
import { tenantOfPosted, type Poster } from '../auth/poster.js';
import { tenantNotFound } from '../auth/tenant-directory.js';
import { headerKeyOf } from '../events/idempotency.js';
import { ApiError } from '../http/api-error.js';
import type { LaunchDirectory } from './launch-directory.js';
import { type LaunchInput, readLaunch } from './launch-input.js';
import type { LaunchLanes, OpenedOrNot } from './launch-lanes.js';
import { hashOfLaunchToken, newLaunchToken } from './launch-token.js';

/** Not printable, so that keys of launches and keys of events never coincide. */
const KEY_PREFIX = 'launch\t';

/** An opened launch, and the token for its page. */
interface OpenedLaunch {
  /** TypeID. */
  launchId: string;
  token: string;
  expiresAt: Date;
}

/** Opens launches, each with a token for the page that commits. */
export class LaunchOpener {
  constructor(
    private readonly lanes: LaunchLanes,
    private readonly launches: LaunchDirectory,
    private readonly wakes: Wakes,
    private readonly now: () => number = Date.now,
  ) {}

  /** @throws ApiError with what is wrong */
  async open(body: unknown, poster: Poster): Promise<OpenedLaunch> {
    const input = readLaunch(body);
    const key = headerKeyOf(poster.headers);
    const tenantId = tenantOfPosted(poster, input.tenantId);
    const token = newLaunchToken();
    const tokenHash = hashOfLaunchToken(token)!;
    const launch = this.launchOf(input, tenantId, tokenHash, key);
    const report = await this.lanes.open(launch);
    const { launchId, expiresAt } = opened(report.outcomes[0]!);
    if (report.webhookIds.length > 0) this.wakes.wake(report.webhookIds);
    this.launches.remember(tokenHash, { tenantId, origin: input.origin ?? null });
    return { launchId: toTypeId('launch', launchId), token, expiresAt };
  }

  private launchOf(
    { session, origin, state, bodyHash }: LaunchInput,
    tenantId: string,
    tokenHash: Buffer,
    key: string | undefined,
  ): NewLaunch {
    const now = this.now();
    const id = uuidV7(now);
    return {
      id,
      tenantId,
      session,
      launchKey: toTypeId('launch', id),
      occurredAt: new Date(now),
      access: { tokenHash, ...(origin !== undefined && { origin }) },
      ...(state && { state }),
      ...(key !== undefined && { idempotency: { key: KEY_PREFIX + key, bodyHash } }),
    };
  }
}

function opened(outcome: OpenedOrNot): Extract<OpenedOrNot, { kind: 'launched' }> {
  switch (outcome.kind) {
    case 'launched':
      return outcome;
    case 'idempotency_conflict':
      throw new ApiError('idempotency_conflict');
    case 'unknown_tenant':
      throw tenantNotFound();
  }
}
