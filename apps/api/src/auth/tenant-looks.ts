import type { Author } from '@schoolbell/identity';
import type { Principal } from './principal.js';

const HOUR_MS = 3_600_000;

/** Writes a look at a tenant to the audit log. */
export type NoteLook = (author: Author, tenantId: string, hour: Date) => Promise<void>;

/**
 * Has the audit log tell which tenants users of the platform looked at: once for each user, tenant and hour. What they
 * change is there by itself. Source: `security.md`, who may do what.
 */
export class TenantLooks {
  /** The hour whose looks are known. Unix milliseconds. */
  #hour = 0;
  #noted = new Map<string, Promise<void>>();

  constructor(
    private readonly noteLook: NoteLook,
    private readonly now: () => number = Date.now,
  ) {}

  /**
   * Resolves once the look is in the log: nothing is shown before.
   *
   * @param tenantId UUID
   * @param authorOf asked for users of the platform only
   */
  note(principal: Principal, tenantId: string, authorOf: () => Author): void | Promise<void> {
    if (principal.kind !== 'user' || principal.tenantId !== null) return;
    this.#startHour();
    const look = `${principal.id} ${tenantId}`;
    const noted = this.#noted.get(look);
    if (noted) return noted;
    const noting = this.noteLook(authorOf(), tenantId, new Date(this.#hour));
    this.#noted.set(look, noting);
    noting.catch(() => this.#noted.delete(look));
    return noting;
  }

  #startHour(): void {
    const hour = Math.floor(this.now() / HOUR_MS) * HOUR_MS;
    if (hour === this.#hour) return;
    this.#hour = hour;
    this.#noted = new Map();
  }
}
