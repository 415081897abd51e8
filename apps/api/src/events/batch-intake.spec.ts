import { uuidV7 } from '@schoolbell/ids';
import { type EventIntake, type IncomingEvent, type IntakeReport } from '@schoolbell/delivery';
import { describe, expect, it } from 'vitest';
import { BatchIntake } from './batch-intake.js';
import { FanOutWidths } from '../intake/fan-out-widths.js';

const LIMITS = { light: 100, heavy: { ofPart: 50, most: 1_000 } };

/** In-memory intakes of events that go to `width` webhooks each. */
function setUp(width: number) {
  const asked: string[] = [];
  let gate: Promise<void> | undefined;
  const intakeOf = (name: string): EventIntake => {
    const accept = async (events: readonly IncomingEvent[], most: number) => {
      asked.push(name);
      await gate;
      const accepted = (event: IncomingEvent) =>
        ({ kind: 'accepted', eventId: event.id, duplicate: false, deliveries: width }) as const;
      const report: IntakeReport = { acceptances: events.map(accepted), webhookIds: [] };
      return events.length * width > most ? undefined : report;
    };
    return {
      accept: () => Promise.reject(new Error('not used')),
      acceptAllOrNone: accept,
      acceptAllOrNoneInParts: (events, { most }) => accept(events, most),
    };
  };
  const intakes = { light: intakeOf('light'), heavy: intakeOf('heavy') };
  const widths = new FanOutWidths();
  const batches = new BatchIntake(intakes, widths, LIMITS);
  const post = (count: number) => batches.accept(Array.from({ length: count }, eventOf));
  const hold = (until: Promise<void>) => (gate = until);
  return { asked, post, hold };
}

const eventOf = (): IncomingEvent => ({
  id: uuidV7(),
  tenantId: 't',
  type: 'x',
  occurredAt: new Date(),
  payload: '{}',
  subject: {},
});

describe('a batch', () => {
  it('of few deliveries is stored in one statement', async () => {
    const { asked, post } = setUp(2);
    expect((await post(50)).acceptances).toHaveLength(50);
    expect(asked).toEqual(['light']);
  });

  it('of very many goes to the heavy lane, at once when its like did before', async () => {
    const { asked, post } = setUp(30);
    await post(5);
    expect(asked).toEqual(['light', 'heavy']);
    await post(5);
    expect(asked).toEqual(['light', 'heavy', 'heavy']);
    await post(3);
    expect(asked.at(-1)).toBe('light');
  });

  it('of too many is refused with what to do', async () => {
    await expect(setUp(30).post(50)).rejects.toMatchObject({
      code: 'validation_failed',
      errors: [
        { path: 'events', message: 'make more than 1,000 deliveries together: post fewer at once' },
      ],
    });
  });

  it('that is heavy is refused while another one is stored, and a light one is not', async () => {
    const { post, hold } = setUp(30);
    await post(5);
    const { promise, resolve } = Promise.withResolvers<void>();
    hold(promise);
    const waiting = [post(5)];
    await expect(post(5)).rejects.toMatchObject({
      code: 'service_unavailable',
      headers: { 'Retry-After': '5' },
    });
    waiting.push(post(1));
    resolve();
    expect((await Promise.all(waiting)).map(({ acceptances }) => acceptances.length)).toEqual([
      5, 1,
    ]);
  });
});
