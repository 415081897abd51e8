import { uuidV7 } from '@schoolbell/ids';
import {
  type Acceptance,
  type Deferred,
  type IncomingEvent,
  type IntakeBounds,
} from '@schoolbell/delivery';
import { describe, expect, it, vi } from 'vitest';
import { EventIntakeBuffer } from './event-intake-buffer.js';
import { FanOutWidths } from '../intake/fan-out-widths.js';
import { EVENT_LIMITS, type LaneLimits } from '../intake/intake-limits.js';

const AWAY = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
const POISONED = Object.assign(new Error('invalid byte sequence'), { code: '22021' });
const TOO_LONG = Object.assign(new Error('canceling statement'), { code: '57014' });

/** An in-memory intake whose flushes end when the test says so. An event of type `w300` goes to 300 webhooks. */
class ControlledIntake {
  readonly flushes: string[][] = [];
  readonly stored: string[] = [];
  poison = new Set<string>();
  failure: Error | undefined;
  gate: Promise<void> | undefined;
  private isHeld = false;

  /** Until the gate holds a flush. */
  async holds(): Promise<void> {
    await vi.waitFor(() => expect(this.isHeld).toBe(true), { interval: 2, timeout: 5_000 });
  }

  async accept(events: readonly IncomingEvent[], bounds: IntakeBounds) {
    const payloads = events.map(({ payload }) => payload);
    this.flushes.push(payloads);
    this.isHeld = this.gate !== undefined;
    await this.gate;
    if (this.failure) throw this.failure;
    if (payloads.some((payload) => this.poison.has(payload))) throw POISONED;
    let made = 0;
    const acceptances = events.map((event): Acceptance | Deferred => {
      const deliveries = Number(/^w(\d+)/.exec(event.type)?.[1] ?? 1);
      const { ofOneEvent, ofAll } = bounds;
      if (ofOneEvent !== null && deliveries > ofOneEvent) {
        return { kind: 'deferred', deliveries: ofOneEvent + 1 };
      }
      made += deliveries;
      if (ofAll !== null && made > ofAll && made > deliveries) {
        return { kind: 'deferred', deliveries };
      }
      this.stored.push(event.payload);
      return { kind: 'accepted', eventId: event.id, duplicate: false, deliveries };
    });
    return { acceptances, webhookIds: ['hook'] };
  }
}

interface Limits {
  light?: Partial<LaneLimits>;
  heavy?: Partial<LaneLimits>;
}

function setUp({ light, heavy }: Limits = {}) {
  const intakes = { light: new ControlledIntake(), heavy: new ControlledIntake() };
  const woken: string[] = [];
  const wakes = {
    wake: (ids: readonly string[]) => void woken.push(...ids),
    wakeLater: () => undefined,
  };
  const widths = new FanOutWidths();
  const buffer = new EventIntakeBuffer(intakes, wakes, widths, {
    light: { ...EVENT_LIMITS.light, lingerMs: 1, spacingMs: 0, ...light },
    heavy: { ...EVENT_LIMITS.heavy, ...heavy },
  });
  const post = (payload: string) => buffer.accept(eventOf(payload));
  const postOf = (tenantId: string, type: string, payload: string) =>
    buffer.accept({ ...eventOf(payload), tenantId, type });
  return { intake: intakes.light, heavyIntake: intakes.heavy, woken, widths, post, postOf };
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

/** Enough turns for a flush that waits for nothing. */
async function turns(): Promise<void> {
  for (let i = 0; i < 5; i++) await new Promise((resolve) => setImmediate(resolve));
}

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
    await intake.holds();
    const rest = numbers(30).map(post);
    await aMoment();
    expect(intake.flushes).toEqual([['first']]);
    open();
    await Promise.all([first, ...rest]);
    expect(intake.flushes).toEqual([['first'], numbers(30)]);
  });

  it('stores an event that comes after a pause at once, and those that come soon after another together', async () => {
    const { intake, post } = setUp({ light: { spacingMs: 1_000 } });
    const first = post('first');
    await turns();
    expect(intake.flushes).toEqual([['first']]);
    const second = post('second');
    await turns();
    await Promise.all([first, second, post('third')]);
    expect(intake.flushes).toEqual([['first'], ['second', 'third']]);

    await new Promise((resolve) => setTimeout(resolve, 60));
    const fourth = post('fourth');
    await turns();
    expect(intake.flushes.at(-1)).toEqual(['fourth']);
    await fourth;
  });

  it('answers nobody, and wakes nobody, before the flush has committed', async () => {
    const { intake, woken, post } = setUp();
    const { gate, open } = closedGate();
    intake.gate = gate;
    let answered = false;
    const posted = post('one').then(() => (answered = true));
    await intake.holds();
    expect([answered, woken]).toEqual([false, []]);
    open();
    await posted;
    expect(woken).toEqual(['hook']);
  });

  it('puts no more events into a flush than it may, nor more bytes', async () => {
    const { intake, post } = setUp({ light: { flushItems: 8, flushBytes: 100 } });
    await Promise.all([...numbers(20).map(post), post('x'.repeat(90)), post('y'.repeat(500))]);
    expect(intake.flushes.every((flush) => flush.length <= 8)).toBe(true);
    expect(intake.flushes.at(-1)).toEqual(['y'.repeat(500)]);
    expect(intake.stored).toHaveLength(22);
  });

  it('refuses the next event while too many wait', async () => {
    const { intake, post } = setUp({ light: { waitingItems: 3 } });
    const { gate, open } = closedGate();
    intake.gate = gate;
    const flushing = post('0');
    await intake.holds();
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
    const { intake, post } = setUp({ light: { waitingBytes: 100 } });
    const { gate, open } = closedGate();
    intake.gate = gate;
    const flushing = post('0');
    await intake.holds();
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
    await intake.holds();
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

describe('events that go to very many webhooks', () => {
  it('have a lane of their own: others do not wait for them, though they came first', async () => {
    const { intake, heavyIntake, post, postOf } = setUp();
    const { gate, open } = closedGate();
    heavyIntake.gate = gate;
    const wide = numbers(3).map((n) => postOf('wide', 'w3000', `w${n}`));
    await heavyIntake.holds();
    expect(heavyIntake.flushes).toHaveLength(1);
    expect(await post('narrow')).toMatchObject({ kind: 'accepted', deliveries: 1 });
    expect(intake.stored).toEqual(['narrow']);
    open();
    expect(await Promise.all(wide)).toMatchObject(wide.map(() => ({ deliveries: 3000 })));
    expect(heavyIntake.stored).toEqual(['w0', 'w1', 'w2']);
  });

  it('go there at once when events like them did so before, until they go to few again', async () => {
    const { intake, heavyIntake, postOf } = setUp();
    await postOf('a', 'w300', 'first');
    intake.flushes.length = 0;
    await postOf('a', 'w300', 'second');
    expect([intake.flushes, heavyIntake.stored]).toEqual([[], ['first', 'second']]);
  });

  it('of one tenant take turns with those of another', async () => {
    const { heavyIntake, postOf } = setUp();
    await Promise.all(['a', 'b'].map((tenant) => postOf(tenant, 'w5000', `${tenant}0`)));
    const { gate, open } = closedGate();
    heavyIntake.gate = gate;
    const posts = ['a1', 'a2', 'a3', 'b1'].map((name) => postOf(name[0]!, 'w5000', name));
    open();
    await Promise.all(posts);
    expect(heavyIntake.stored.slice(2)).toEqual(['a1', 'b1', 'a2', 'a3']);
  });

  it('are refused when too many of their tenant wait, and nobody else is', async () => {
    const { heavyIntake, post, postOf } = setUp({ heavy: { waitingDeliveriesOfTenant: 600 } });
    await postOf('a', 'w300', 'a0');
    await postOf('b', 'w300', 'b0');
    const { gate, open } = closedGate();
    heavyIntake.gate = gate;
    const flushing = postOf('a', 'w300', 'a1');
    await heavyIntake.holds();
    const waiting = [postOf('a', 'w300', 'a2'), postOf('a', 'w300', 'a3')];
    await expect(postOf('a', 'w300', 'a4')).rejects.toMatchObject({
      code: 'service_unavailable',
      headers: { 'Retry-After': '5' },
    });
    const others = [post('narrow'), postOf('b', 'w300', 'b1')];
    open();
    await Promise.all([flushing, ...waiting, ...others]);
    expect(heavyIntake.stored).toHaveLength(6);
  });

  it('that take Postgres too long are tried one by one, and only those that still do are refused', async () => {
    const { intake, heavyIntake, post, postOf } = setUp();
    await postOf('a', 'w300', 'known');
    heavyIntake.failure = TOO_LONG;
    const posts = numbers(4).map((n) => postOf('a', 'w300', n));
    const outcomes = await Promise.allSettled(posts);
    expect(outcomes.map(({ status }) => status)).toEqual(Array(4).fill('rejected'));
    expect(heavyIntake.flushes.map(({ length }) => length)).toEqual([1, 4, 2, 1, 1, 2, 1, 1]);
    await post('narrow');
    expect(intake.stored).toEqual(['narrow']);
  });
});

describe('a flush', () => {
  it('is bounded by the deliveries that it makes, and what is beyond goes with the next ones, in order', async () => {
    const { intake, heavyIntake, postOf } = setUp();
    await Promise.all(numbers(60).map((n) => postOf('a', 'w150', n)));
    expect(intake.stored).toEqual(numbers(60));
    expect(heavyIntake.flushes).toEqual([]);
    // 50 events of unknown width; from then on 13 with 150 deliveries each.
    expect(intake.flushes.map(({ length }) => length)).toEqual([50, 13, 13, 13, 8]);
  });

  it('has events of all tenants that wait, however many one of them has waiting', async () => {
    const { intake, postOf } = setUp();
    await Promise.all(['a', 'b'].map((tenant) => postOf(tenant, 'x', `${tenant}0`)));
    const { gate, open } = closedGate();
    intake.gate = gate;
    const flushing = postOf('a', 'x', 'a0');
    await intake.holds();
    const flood = Array.from({ length: 2_000 }, () => postOf('a', 'x', 'a'));
    const single = postOf('b', 'x', 'b1');
    await aMoment();
    open();
    await Promise.all([flushing, ...flood, single]);
    expect(intake.flushes.findIndex((flush) => flush.includes('b1'))).toBe(2);
  });
});
