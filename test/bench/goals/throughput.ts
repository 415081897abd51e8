import { accepting } from '../scenarios/accepting.js';
import { committing } from '../scenarios/committing.js';
import { draining } from '../scenarios/draining.js';
import { promiseDraining, promiseEndToEnd } from '../scenarios/promise.js';
import { watching } from '../scenarios/watching.js';
import type { MeasuredGoal } from './measured-goal.js';

const BARE_LOOP = 'bare loop';
const BARE_PROMISE = 'bare promise';
const END_TO_END = 'end to end, 1 webhook per event';

/** How fast events go through, compared with the best the machine could do and with other designs. */
export const THROUGHPUT: readonly MeasuredGoal[] = [
  {
    id: 'one',
    what: END_TO_END,
    baseline: BARE_LOOP,
    atLeast: 0.3,
    measure: async (run) => (await run.oneWebhook()).perSecond / (await run.bareLoop('one')),
  },
  {
    id: 'three',
    what: 'end to end, 3 webhooks per event',
    baseline: BARE_LOOP,
    atLeast: 0.5,
    measure: async (run) => {
      const options = { webhooks: 51, perEvent: 3 };
      const three = await run.throughput('3 webhooks per event', options, run.amounts.three);
      return three.perSecond / (await run.bareLoop('three'));
    },
  },
  {
    id: 'backlog',
    what: 'draining a backlog, ingest idle',
    baseline: BARE_LOOP,
    atLeast: 0.65,
    measure: async (run) => {
      const drain = () => draining(run.harness, run.amounts.backlog);
      return (await run.once('draining, deliveries/s', drain)) / (await run.bareLoop('draining'));
    },
  },
  {
    id: 'promise',
    what: END_TO_END,
    baseline: BARE_PROMISE,
    atLeast: 0.8,
    measure: async (run) => {
      const promise = await run.once('bare promise', () =>
        promiseEndToEnd(run.harness, run.amounts.one),
      );
      return (await run.oneWebhook('the bare promise')).perSecond / promise.perSecond;
    },
  },
  {
    id: 'promise-backlog',
    what: 'draining a backlog, one dispatcher',
    baseline: BARE_PROMISE,
    atLeast: 0.8,
    measure: async (run) => {
      const { backlog } = run.amounts;
      const promise = await run.once('draining, bare promise, deliveries/s', () =>
        promiseDraining(run.harness, backlog),
      );
      const ours = await run.once('draining beside the bare promise, deliveries/s', () =>
        draining(run.harness, backlog),
      );
      return ours / promise;
    },
  },
  {
    id: 'naive',
    what: END_TO_END,
    baseline: 'naive design',
    atLeast: 5,
    unit: ' ×',
    measure: async (run) =>
      (await run.oneWebhook('naive fetch')).perSecond / (await run.naive('fetch')).perSecond,
  },
  {
    id: 'naive-undici',
    what: END_TO_END,
    baseline: 'naive design that sends with undici',
    atLeast: 5,
    unit: ' ×',
    measure: async (run) =>
      (await run.oneWebhook('naive undici')).perSecond / (await run.naive('undici')).perSecond,
  },
  {
    id: 'batch',
    what: 'accepting events in batches of 100',
    baseline: 'one per request',
    atLeast: 2,
    unit: ' ×',
    measure: async (run) => {
      const rate = (batch: number): Promise<number> =>
        run.once(`accepting, ${batch} per request, events/s`, () =>
          accepting(run.harness, run.amounts.accepting, batch),
        );
      return (await rate(100)) / (await rate(1));
    },
  },
  {
    id: 'commits',
    what: 'taking commits of SCORM runtimes, one event each',
    baseline: 'events posted one per request',
    atLeast: 0.5,
    unit: ' ×',
    measure: async (run) => {
      const size = run.amounts.accepting;
      const commits = await run.once('commits/s', () => committing(run.harness, size));
      const events = await run.once('accepting beside commits, events/s', () =>
        accepting(run.harness, size, 1),
      );
      return commits / events;
    },
  },
  {
    id: 'watched',
    what: 'full load of a tenant that 20 people watch',
    baseline: 'the same without them',
    atLeast: 0.95,
    measure: async (run) => {
      const alone = await run.oneWebhook('watched');
      const watched = await run.once('1 webhook per event, watched by 20', () =>
        watching(run.harness, run.amounts.one),
      );
      return watched.perSecond / alone.perSecond;
    },
  },
  {
    id: 'many-webhooks',
    what: 'many webhooks (10,000), one event each',
    baseline: '50 webhooks, as many events in all',
    atLeast: 0.7,
    measure: async (run) => {
      const { spread } = run.amounts;
      const size = { warmUp: run.amounts.three.warmUp, events: spread };
      const many = await run.throughput(`${spread} webhooks`, { webhooks: spread }, size);
      const few = await run.throughput('50 webhooks', { webhooks: 50 }, size);
      return many.perSecond / few.perSecond;
    },
  },
];
