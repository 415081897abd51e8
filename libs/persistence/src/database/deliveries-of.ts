import { Prisma } from '../generated/client.js';

/**
 * The deliveries of an event, for the place of a table in a query. They are found by the event alone, and what else is
 * asked of them is asked afterwards. The statistics may be older than most deliveries of a webhook or tenant: the
 * planner then takes these for one or two, and would read them all for each event.
 *
 * @param eventId a UUID, as the query names it
 */
export function deliveriesOf(eventId: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(SELECT * FROM deliveries of_event WHERE of_event.event_id = ${eventId} OFFSET 0)`;
}
