import { uuidV7, type EventIntake, type IncomingEvent } from '@schoolbell/delivery';
import { describe, expect, it } from 'vitest';
import { EventIntakeBuffer, INTAKE_LIMITS, type IntakeLimits } from './event-intake-buffer.js';

const AWAY = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
const POISONED = Object.assign(new Error('invalid byte sequence'), { code: '22021' });

/** An intake in memory whose flushes end when the test says so. */
class ControlledIntake implements EventIntake {
  readonly flushes: string[][] = [];
  readonly stored: string[] = [];
  poison = new Set<string>();
  failure: Error | undefined;
  gate: Promise<void> | undefined;

  async accept(events: readonly IncomingEvent[]) {
    const payloads = events.map(({ payload }) => payload);
    this.flushes.push(payloads);
    await this.gate;
    if (this.failure) throw this.failure;
    if (payloads.some((payload) => this.poison.has(payload))) throw POISONED;
    this.stored.push(...payloads);
    const acceptances = events.map(({ id }) => ({
      kind: 'accepted' as const,
      eventId: id,
      duplicate: false,
      deliveries: 1,
    }));
    return { acceptances, webhookIds: ['hook'] };
  }

  acceptAllOrNone(): never {
    throw new Error('not used');
  }
}

function setUp(limits: Partial<IntakeLimits> = {}) {
  const intake = new ControlledIntake();
  const woken: string[] = [];
  const wakes = {
    wake: (ids: readonly string[]) => void woken.push(...ids),
    wakeLater: () => undefined,
  };
  const buffer = new EventIntakeBuffer(intake, wakes, { ...INTAKE_LIMITS, lingerMs: 1, ...limits });
  const post = (payload: string) => buffer.accept(eventOf(payload));
  return { intake, woken, post };
}

function eventOf(payload: string): IncomingEvent {
  return { id: uuidV7(), tenantId: 't', type: 'x', occurredAt: new Date(), payload, subject: {} };
}

/** A gate and the way to open it. */
function closedGate(): { gate: Promise<void>; open: () => void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { gate: promise, open: resolve };
}

const numbers = (count: number) => Array.from({ length: count }, (_, i) => String(i));
const aMoment = () => new Promise((resolve) => setTimeout(resolve, 10));

describe('the intake buffer', () => {
  it('stores what arrives together in one flush, in order, and wakes once', async () => {
    const { intake, woken, post } = setUp();
    const acceptances = await Promise.all(numbers(20).map(post));
    expect(intake.flushes).toEqual([numbers(20)]);
    expect(acceptances.every(({ kind }) => kind === 'accepted')).toBe(true);
    expect(woken).toEqual(['hook']);
  });

  it('gathers what arrives while a flush is under way, of which there is only one', async () => {
    const { intake, post } = setUp();
    const { gate, open } = closedGate();
    intake.gate = gate;
    const first = post('first');
    await aMoment();
    const rest = numbers(30).map(post);
    await aMoment();
    expect(intake.flushes).toEqual([['first']]);
    open();
    await Promise.all([first, ...rest]);
    expect(intake.flushes).toEqual([['first'], numbers(30)]);
  });

  it('answers nobody, and wakes nobody, before the flush has committed', async () => {
    const { intake, woken, post } = setUp();
    const { gate, open } = closedGate();
    intake.gate = gate;
    let answered = false;
    const posted = post('one').then(() => (answered = true));
    await aMoment();
    expect([answered, woken]).toEqual([false, []]);
    open();
    await posted;
    expect(woken).toEqual(['hook']);
  });

  it('puts no more events into a flush than it may, nor more bytes', async () => {
    const { intake, post } = setUp({ flushEvents: 8, flushBytes: 100 });
    await Promise.all([...numbers(20).map(post), post('x'.repeat(90)), post('y'.repeat(500))]);
    expect(intake.flushes.every((flush) => flush.length <= 8)).toBe(true);
    expect(intake.flushes.at(-1)).toEqual(['y'.repeat(500)]);
    expect(intake.stored).toHaveLength(22);
  });

  it('refuses the next event while too many wait', async () => {
    const { intake, post } = setUp({ waitingEvents: 3 });
    const { gate, open } = closedGate();
    intake.gate = gate;
    const flushing = post('0');
    await aMoment();
    const waiting = ['1', '2', '3'].map(post);
    await expect(post('4')).rejects.toMatchObject({
      code: 'service_unavailable',
      headers: { 'Retry-After': '1' },
    });
    open();
    await Promise.all([flushing, ...waiting]);
    expect(intake.stored).toEqual(['0', '1', '2', '3']);
  });

  it('refuses the next event while too many bytes wait, and no longer than that', async () => {
    const { intake, post } = setUp({ waitingBytes: 100 });
    const { gate, open } = closedGate();
    intake.gate = gate;
    const flushing = post('0');
    await aMoment();
    const waiting = post('x'.repeat(100));
    await expect(post('1')).rejects.toMatchObject({ code: 'service_unavailable' });
    open();
    await Promise.all([flushing, waiting]);
    await post('1');
    expect(intake.stored).toHaveLength(3);
  });

  it('tells everybody at once when the database is away, and goes on when it is back', async () => {
    const { intake, woken, post } = setUp();
    const { gate, open } = closedGate();
    intake.gate = gate;
    intake.failure = AWAY;
    const flushing = post('first');
    await aMoment();
    const waiting = numbers(5).map(post);
    open();
    const outcomes = await Promise.allSettled([flushing, ...waiting]);
    expect(outcomes.every((one) => one.status === 'rejected' && one.reason === AWAY)).toBe(true);
    expect([intake.flushes.length, woken.length]).toEqual([1, 0]);
    intake.failure = undefined;
    await expect(post('again')).resolves.toMatchObject({ kind: 'accepted' });
  });

  it('keeps one event that cannot be stored from taking the others of its flush with it', async () => {
    const { intake, post } = setUp();
    intake.poison = new Set(['3', '17']);
    const outcomes = await Promise.allSettled(numbers(20).map(post));
    const failed = outcomes.flatMap(({ status }, i) => (status === 'rejected' ? [String(i)] : []));
    expect(failed).toEqual(['3', '17']);
    expect(intake.stored).toHaveLength(18);
  });
});
