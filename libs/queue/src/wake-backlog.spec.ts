import { expect, it } from 'vitest';
import { WakeBacklog } from './wake-backlog.js';

function build(most: number) {
  const queue = { waiting: 0, looks: 0, away: false };
  const clock = { now: 0 };
  const count = async (): Promise<number> => {
    queue.looks++;
    if (queue.away) throw new Error('The queue is away');
    return queue.waiting;
  };
  const backlog = new WakeBacklog({ most, count, now: () => clock.now });
  const tell = async (times: number, taken: boolean): Promise<void> => {
    for (let n = 0; n < times; n++) {
      if (!(await backlog.hasRoom())) continue;
      if (!taken) queue.waiting++;
      backlog.told(1);
    }
  };
  return { queue, clock, backlog, tell };
}

it('while somebody takes wakes, a thousand of them cost a few looks at the queue', async () => {
  const { queue, tell } = build(500);
  await tell(1000, true);
  expect(queue.looks).toBeLessThanOrEqual(5);
});

it('while nobody takes wakes, no more are told than the limit', async () => {
  const { queue, tell } = build(500);
  await tell(5000, false);
  expect(queue.waiting).toBe(500);
  expect(queue.looks).toBeLessThanOrEqual(5);
});

it('a process that starts beside a full queue tells none', async () => {
  const { queue, tell } = build(500);
  queue.waiting = 500;
  await tell(10, false);
  expect(queue.waiting).toBe(500);
});

it('wakes are told again as soon as the queue is seen to be short, twice a second', async () => {
  const { queue, clock, backlog, tell } = build(500);
  await tell(1000, false);
  queue.waiting = 0;
  clock.now = 499;
  expect(await backlog.hasRoom()).toBe(false);
  clock.now = 500;
  expect(await backlog.hasRoom()).toBe(true);
});

it('a queue that is away is taken for short: the next wake shows how it is', async () => {
  const { queue, clock, backlog, tell } = build(500);
  await tell(1000, false);
  queue.away = true;
  clock.now = 500;
  expect(await backlog.hasRoom()).toBe(true);
});
