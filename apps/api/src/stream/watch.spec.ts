import { uuidV7 } from '@schoolbell/ids';
import type { DeliveryFacts } from '@schoolbell/persistence';
import { describe, expect, it } from 'vitest';
import { EventStream } from './event-stream.js';
import { MatchingChanges } from './matching-changes.js';
import { ROWS_PER_SECOND, Watch } from './watch.js';

const START = new Date('2026-11-28T12:00:00Z');
const WEBHOOK = uuidV7();
const later = (ms: number) => new Date(START.getTime() + ms);

const facts = (also: Partial<DeliveryFacts> = {}) =>
  ({
    id: uuidV7(),
    eventId: uuidV7(),
    eventType: 'session.completed',
    webhookId: WEBHOOK,
    status: 'delivered',
    responseStatus: 200,
    errorCode: null,
    createdAt: START.getTime(),
    updatedAt: START.getTime(),
    ...also,
  }) as DeliveryFacts;
const changed = (count: number, also: Partial<DeliveryFacts> = {}) =>
  new MatchingChanges(Array.from({ length: count }, () => ({ facts: facts(also), isNew: true })));

function watching() {
  const time = { ms: 0 };
  const stream = new EventStream();
  const watch = new Watch({ stream, filter: {}, expansion: {}, from: START, now: () => time.ms });
  /** What the reader has not read yet. */
  const read = (): string => String(stream.read() ?? '');
  return { watch, stream, time, read };
}

describe('somebody who watches deliveries', () => {
  it('is told of them in the order in which they were made, however they were read', () => {
    const all = [facts(), facts(), facts()];
    const read = all.toReversed().map((one) => ({ facts: one, isNew: true }));
    expect(watching().watch.choose(new MatchingChanges(read))).toEqual(all.map(({ id }) => id));
  });

  it('is told at most so many a second one by one, and how many there were besides', () => {
    const { watch, time, read } = watching();
    expect(watch.choose(changed(15))).toHaveLength(15);
    expect(watch.choose(changed(15))).toHaveLength(ROWS_PER_SECOND - 15);
    watch.tell([], [], later(500));
    expect(read()).toBe('');
    expect(watch.hasCounts).toBe(true);
    time.ms = 1_000;
    watch.tell([], [], later(1_000));
    const [, data] = /^event: summary\nid: .+\ndata: (.+)\n\n$/.exec(read())!;
    expect(JSON.parse(data!)).toMatchObject({ created: 10, delivered: 10, failed: 0, dead: 0 });
    expect(watch.hasCounts).toBe(false);
    expect(watch.choose(changed(30))).toHaveLength(ROWS_PER_SECOND);
  });

  it('is told to ask again after not reading for a while, however much happened: nothing is kept', () => {
    const { watch, stream, read } = watching();
    while (!stream.isBehind)
      stream.send([{ event: 'filler', json: JSON.stringify('x'.repeat(1_000)) }], '');
    const kept = stream.readableLength;
    for (let second = 1; second < 30; second++) {
      expect(watch.choose(changed(100))).toEqual([]);
      watch.tell([], [], later(second * 1_000));
    }
    expect(stream.readableLength).toBe(kept);
    read();
    watch.tell([], [], later(30_000));
    expect(read()).toMatch(/^event: reset\n/);
  });

  it('is cut off after not reading for more than a minute', () => {
    const { watch, stream } = watching();
    while (!stream.isBehind)
      stream.send([{ event: 'filler', json: JSON.stringify('x'.repeat(1_000)) }], '');
    watch.tell([], [], later(0));
    watch.tell([], [], later(61_000));
    expect(stream.destroyed).toBe(true);
  });

  it('hears that nothing happened now and then, so that it can go on from there', () => {
    const { watch, time, read } = watching();
    time.ms = 11_000;
    watch.tell([], [], later(11_000));
    expect(read()).toMatch(/^id: \S+\n\n$/);
    time.ms = 20_000;
    watch.beat();
    expect(read()).toBe(':\n\n');
  });
});
