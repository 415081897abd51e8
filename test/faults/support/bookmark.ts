import { toTypeId } from '@schoolbell/ids';
import { expect } from 'vitest';
import type { TestDatabase } from '../../support/index.js';
import type { UnderLoad } from './open-books.js';

/** What was accepted and what was recorded at a moment: to ask another server, later, whether it has all of it. */
export class Bookmark {
  private constructor(
    private readonly books: UnderLoad,
    private readonly accepted: readonly string[],
    /** Each by webhook and event, as the receiver counts what it takes. */
    private readonly recorded: readonly string[],
  ) {}

  static async of(books: UnderLoad): Promise<Bookmark> {
    const { database, tenantUuid } = books.schoolbell;
    const accepted = [...books.ledger.poster.promised.values()];
    const deliveries = await database.query<{ path: string; event_id: string }>(
      `SELECT regexp_replace(w.url, '^http://[^/]+', '') AS path, d.event_id
       FROM deliveries d JOIN webhooks w ON w.id = d.webhook_id
       WHERE d.tenant_id = $1 AND d.status = 'delivered'`,
      [tenantUuid],
    );
    const recorded = deliveries.map(({ path, event_id: id }) => `${path} ${toTypeId('event', id)}`);
    expect(accepted.length, 'events before the bookmark').toBeGreaterThan(0);
    expect(recorded.length, 'deliveries before the bookmark').toBeGreaterThan(0);
    return new Bookmark(books, accepted, recorded);
  }

  /**
   * Throws unless that server has every event that was accepted before, and what was recorded before was taken once.
   * Nothing may wait any more.
   *
   * @returns how many events that were accepted later are gone, and how many deliveries were sent twice
   */
  async holdsOn(database: TestDatabase): Promise<{ gone: number; twice: number }> {
    const { ledger, receiver, schoolbell } = this.books;
    const stored = await database.query<{ id: string; delivered: number; deliveries: number }>(
      `SELECT e.id, count(*) FILTER (WHERE d.status = 'delivered')::integer AS delivered,
         count(*)::integer AS deliveries
       FROM events e JOIN deliveries d ON d.event_id = e.id
       WHERE e.tenant_id = $1 AND e.type = 'session.completed' GROUP BY e.id`,
      [schoolbell.tenantUuid],
    );
    const found = new Set(stored.map(({ id }) => toTypeId('event', id)));
    expect(
      this.accepted.filter((id) => !found.has(id)),
      'accepted before, and gone',
    ).toEqual([]);
    expect(stored.filter((event) => event.delivered !== event.deliveries)).toEqual([]);
    const twice = [...receiver.taken].filter(([, count]) => count > 1).map(([what]) => what);
    const repeated = new Set(twice);
    expect(
      this.recorded.filter((what) => repeated.has(what)),
      'recorded, and repeated',
    ).toEqual([]);
    const promised = [...ledger.poster.promised.values()];
    return { gone: promised.filter((id) => !found.has(id)).length, twice: twice.length };
  }
}
