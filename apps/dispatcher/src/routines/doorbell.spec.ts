import { describe, expect, it } from 'vitest';
import { Doorbell } from './doorbell.js';

const LONG_MS = 600_000;
const NEVER = new AbortController().signal;

/** Whether a wait is over once everything that is ready has run. */
async function isOver(wait: Promise<void>): Promise<boolean> {
  let over = false;
  void wait.then(() => (over = true));
  await new Promise((resolve) => setImmediate(resolve));
  return over;
}

describe('a doorbell', () => {
  it('ends the wait that is under way, and not the next one', async () => {
    const doorbell = new Doorbell();
    const stopping = new AbortController();
    const first = doorbell.wait(LONG_MS, stopping.signal);
    expect(await isOver(first)).toBe(false);
    doorbell.ring();
    expect(await isOver(first)).toBe(true);
    const second = doorbell.wait(LONG_MS, stopping.signal);
    expect(await isOver(second)).toBe(false);
    stopping.abort();
    await second;
  });

  it('is not missed when it rings while nobody waits', async () => {
    const doorbell = new Doorbell();
    doorbell.ring();
    doorbell.ring();
    await doorbell.wait(LONG_MS, NEVER);
  });

  it('lets nobody wait for longer than asked, nor when it is time to stop', async () => {
    const doorbell = new Doorbell();
    await doorbell.wait(1, NEVER);
    await doorbell.wait(LONG_MS, AbortSignal.abort());
  });
});
