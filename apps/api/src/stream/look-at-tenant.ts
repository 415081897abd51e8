import { firstUuidV7At } from '@schoolbell/ids';
import {
  type DeliveryFacts,
  deliveryMatcher,
  type DeliveryRow,
  type EventsAbout,
  type Seen,
  type TenantLook,
  type WatchRepository,
} from '@schoolbell/persistence';
import type { ChangedDelivery } from './change-counts.js';
import { MatchingChanges } from './matching-changes.js';
import type { Watch, WatchMessage } from './watch.js';

/** What one look at a tenant has to find. */
export interface LookRequest {
  /** Changes since this moment, by the clock of the database. */
  since: Date;
  /** Deliveries made since this moment are read with all their changes. */
  createdSince: Date;
  /** What was seen of these is not read again; undefined: nothing was seen. */
  seen: Seen | undefined;
  /** Deliveries with new attempts, among those made earlier. */
  attempted: readonly string[];
  /** Whether to read also changes without an attempt, webhooks and operations. */
  all: boolean;
  watches: readonly Watch[];
  /** Chooses the deliveries whose readers have to be told. */
  untold(facts: readonly DeliveryFacts[]): ChangedDelivery[];
  /** Further messages; asked for if the look reads everything. */
  others(look: TenantLook): Promise<WatchMessage[]>;
}

/** The result of a look, for each reader. */
interface LookResult {
  at: Date;
  changed: number;
  /** More changed than one look reads: readers have to ask again. */
  tooMuch: boolean;
  messages: WatchMessage[];
  rowsFor(watch: Watch): DeliveryRow[];
}

/**
 * Reads what changed at a tenant, as of one moment: the facts of all deliveries, and the rows of those that are sent.
 */
export async function lookAtTenant(
  repository: WatchRepository,
  tenantId: string,
  request: LookRequest,
  mostCreated: number,
): Promise<LookResult> {
  return repository.ofTenant(tenantId, async (look) => {
    const at = await look.time();
    const created = await look.created(request.createdSince, request.seen);
    const tooMuch = created.length >= mostCreated;
    const changed = request.untold(
      tooMuch ? [] : [...created, ...(await madeBefore(look, request))],
    );
    const messages = request.all ? await request.others(look) : [];
    const chosen = await choose(look, request.watches, changed);
    const rows = await rowsOf(look, chosen);
    return {
      at,
      changed: changed.length,
      tooMuch,
      messages,
      rowsFor: (watch) => chosen.get(watch)!.flatMap((id) => rows.get(id) ?? []),
    };
  });
}

/** Changes of deliveries that were made before those that are read anyway. */
async function madeBefore(look: TenantLook, request: LookRequest): Promise<DeliveryFacts[]> {
  const touched = request.all ? await look.touched(request.since) : [];
  const ids = new Set([...request.attempted, ...touched]);
  const newer = firstUuidV7At(request.createdSince.getTime());
  return look.facts(
    [...ids].filter((id) => id < newer),
    request.since,
  );
}

async function choose(
  look: TenantLook,
  watches: readonly Watch[],
  changed: readonly ChangedDelivery[],
): Promise<Map<Watch, string[]>> {
  const about = changed.length === 0 ? new Map() : await eventsAbout(look, watches, changed);
  const byFilter = Map.groupBy(watches, ({ filter }) => JSON.stringify(filter));
  const chosen = new Map<Watch, string[]>();
  for (const alike of byFilter.values()) {
    const matches = deliveryMatcher(alike[0]!.filter, about);
    const matching = new MatchingChanges(changed.filter(({ facts }) => matches(facts)));
    for (const watch of alike) chosen.set(watch, watch.choose(matching));
  }
  return chosen;
}

/** Only for readers who watch a session, package or learner. */
async function eventsAbout(
  look: TenantLook,
  watches: readonly Watch[],
  changed: readonly ChangedDelivery[],
): Promise<EventsAbout> {
  const subjects = new Set(watches.flatMap(({ filter }) => filter.subjectId ?? []));
  const eventIds = changed.map(({ facts }) => facts.eventId);
  const about = new Map<string, Set<string>>();
  for (const subject of subjects) about.set(subject, await look.about(subject, eventIds));
  return about;
}

async function rowsOf(
  look: TenantLook,
  chosen: ReadonlyMap<Watch, readonly string[]>,
): Promise<Map<string, DeliveryRow>> {
  const ids = new Set([...chosen.values()].flat());
  const event = [...chosen.keys()].some(({ expansion }) => expansion.event === true);
  return look.deliveries([...ids], { event });
}
