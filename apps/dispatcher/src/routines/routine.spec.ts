import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { Routine } from './routine.js';

/** Counts its rounds, each of which takes a while. */
class CountingChore {
  begun = 0;
  ended = 0;
  stopping: AbortSignal | undefined;

  async round(stopping: AbortSignal): Promise<number> {
    this.stopping = stopping;
    this.begun++;
    await sleep(5);
    this.ended++;
    return 5;
  }
}

const untilBegun = async (chore: CountingChore, rounds: number) => {
  while (chore.begun < rounds) await sleep(1);
};

describe('a routine', () => {
  it('does its chore at once and again and again, one round at a time', async () => {
    const chore = new CountingChore();
    const routine = new Routine(chore);
    routine.start();
    expect(chore.begun).toBe(1);
    await untilBegun(chore, 4);
    expect(chore.begun - chore.ended).toBe(1);
    routine.stop();
  });

  it('begins no further round once it is stopped, and lets the one under way end', async () => {
    const chore = new CountingChore();
    const routine = new Routine(chore);
    routine.start();
    await untilBegun(chore, 2);
    routine.stop();
    expect(chore.stopping!.aborted).toBe(true);
    await sleep(40);
    expect([chore.begun, chore.ended]).toEqual([2, 2]);
    routine.start();
    expect(chore.begun).toBe(2);
  });
});
