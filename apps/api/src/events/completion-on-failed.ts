import type { TenantRepository } from '@schoolbell/persistence';
import { LRUCache } from 'lru-cache';

/** How long after a change of a tenant's rule posted events may still follow the old one. Milliseconds. */
const BELIEVED_MS = 1_000;

const MAX_KNOWN = 10_000;

interface Known {
  /** Milliseconds of any origin. */
  until: number;
  completes: Promise<boolean>;
}

/**
 * Whether SCORM 1.2 `failed` counts as completed for a tenant. Looked up only for events that say `failed`; all others
 * pay nothing.
 */
export class CompletionOnFailed {
  private readonly known = new LRUCache<string, Known>({ max: MAX_KNOWN });

  constructor(
    private readonly tenants: Pick<TenantRepository, 'completesOnFailed'>,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** @returns the tenants for which it counts */
  async among(tenantIds: ReadonlySet<string>): Promise<ReadonlySet<string>> {
    const answers = await Promise.all([...tenantIds].map((id) => this.of(id)));
    return new Set([...tenantIds].filter((_, index) => answers[index]));
  }

  private of(tenantId: string): Promise<boolean> {
    const known = this.known.get(tenantId);
    if (known && this.now() < known.until) return known.completes;
    const completes = this.tenants.completesOnFailed(tenantId);
    this.known.set(tenantId, { until: this.now() + BELIEVED_MS, completes });
    completes.catch(() => this.known.delete(tenantId));
    return completes;
  }
}

/** Whether a posted event, as it came, reports a failed SCO of SCORM 1.2. */
export function saysFailed(event: unknown): boolean {
  const { data } = (event ?? {}) as { data?: { lessonStatus?: unknown } | null };
  return data?.lessonStatus === 'failed';
}
