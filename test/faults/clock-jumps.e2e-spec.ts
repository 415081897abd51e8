import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { describeOnEachQueue, eventually, type ServiceProcess } from '../support/index.js';
import { LOAD, openBooks } from './support/open-books.js';

const CLOCK = pathToFileURL(join(import.meta.dirname, 'support', 'jumping-clock.mjs')).href;
const NODE_OPTIONS = `--import ${CLOCK}`;

/** One jump: an hour forward, then two back, then to the right time. */
const jump = ({ pid }: ServiceProcess) => process.kill(pid, 'SIGUSR2');

describeOnEachQueue('a clock that jumps by an hour, forward and back', (backend) => {
  it('makes nothing be sent twice, and nothing get stuck', async () => {
    const env = { NODE_OPTIONS };
    const { schoolbell, receiver, ledger } = await openBooks({ backend, env, dispatchers: 2 });
    await ledger.addWebhook('/flaky', { retrySchedule: [1, 1], autoPauseAfter: 0 });
    receiver.answer('/flaky', ({ headers }) =>
      headers['x-schoolbell-attempt'] === '1' ? 500 : 200,
    );
    const posting = ledger.poster.post(LOAD);
    for (let jumps = 0; jumps < 3; jumps++) {
      await sleep(600);
      jump(schoolbell.api);
      jump(schoolbell.dispatchers[0]!);
    }
    await posting;
    const { deliveries, repeats, interrupted } = await ledger.close();
    expect(deliveries).toEqual({ delivered: LOAD.events * 4 });
    expect([repeats, interrupted]).toEqual([0, 0]);
  });
});

it('a clock that is put back does not keep a dispatcher that stops beyond its grace period', async () => {
  const env = { NODE_OPTIONS, SHUTDOWN_GRACE_SECONDS: '4' };
  const { schoolbell, receiver, ledger } = await openBooks({ env });
  receiver.answerAll('hang');
  await ledger.poster.post({ events: 1, perSecond: 1 });
  await receiver.waitFor(3);
  const [dispatcher] = schoolbell.dispatchers;
  jump(dispatcher!);
  const before = performance.now();
  const exit = dispatcher!.term();
  await eventually(() => dispatcher!.logs.includes('stopping'));
  jump(dispatcher!);
  expect(await exit).toBe(0);
  expect(performance.now() - before).toBeLessThan(4000);

  receiver.answerAll(200);
  schoolbell.addDispatcher();
  expect((await ledger.close()).deliveries).toEqual({ delivered: 3 });
});
