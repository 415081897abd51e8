import { describe, expect, it } from 'vitest';
import type { DeliveryChange } from './delivery-change.ts';
import { LiveConnection, type LiveState } from './live-connection.ts';

const MINUTE_MS = 60_000;

/** A page whose time passes at once, and an API that gives the prepared answers. */
function pageOf(answers: (() => Response | Promise<Response>)[], reachable = true) {
  const seen = {
    states: [] as LiveState[],
    changes: [] as DeliveryChange[],
    asked: [] as string[],
  };
  let time = 0;
  const over = Promise.withResolvers<void>();
  const connection = new LiveConnection({
    open: async (lastEventId) => {
      seen.asked.push(lastEventId ?? '');
      const answer = answers.shift();
      if (answer) return answer();
      over.resolve();
      return new Promise<Response>(() => undefined);
    },
    isReachable: async () => reachable,
    onChange: (change) => seen.changes.push(change),
    onState: (state) => seen.states.push(state),
    sleep: async (ms) => {
      time += ms;
    },
    now: () => time,
  });
  const run = async () => {
    connection.start();
    await over.promise;
    connection.stop();
    return seen;
  };
  return { run, pass: (ms: number) => (time += ms) };
}

const refused = () => new Response(null, { status: 503 });
const away = () => Promise.reject(new TypeError('fetch failed'));

describe('a page that is live', () => {
  it('is told what changes, and goes on from the last id when the stream has ended', async () => {
    const text =
      'id: a\n\nevent: delivery\nid: b\ndata: {"id":"dlv_1"}\n\nevent: later\ndata: {}\n\n';
    const page = pageOf([() => (page.pass(MINUTE_MS), new Response(endsLater(text, page.pass)))]);
    const { states, changes, asked } = await page.run();
    expect(states).toEqual(['live']);
    expect(changes).toEqual([{ kind: 'delivery', row: { id: 'dlv_1' } }]);
    expect(asked).toEqual(['', 'b']);
  });

  it('says that it is offline until it has a stream again', async () => {
    const page = pageOf([
      away,
      () => new Response(endsLater('event: reset\ndata: {}\n\n', page.pass)),
    ]);
    const { states, changes } = await page.run();
    expect(states).toEqual(['offline', 'live']);
    expect(changes).toEqual([{ kind: 'again' }]);
  });

  it('polls after three failures in a minute, says so, and tries for a stream again', async () => {
    const { states, changes } = await pageOf([refused, refused, refused]).run();
    expect(states).toEqual(['offline', 'polling']);
    expect(changes).toEqual(Array.from({ length: 6 }, () => ({ kind: 'again' })));
  });

  it('does not say that it is updated while the API cannot be reached', async () => {
    const { states, changes } = await pageOf([away, away, away], false).run();
    expect(states).toEqual(['offline']);
    expect(changes).toEqual([]);
  });
});

/** Ends after a while, as the API ends a stream whose access token expires. */
function endsLater(text: string, pass: (ms: number) => void): ReadableStream {
  return new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode(text));
    },
    pull(controller) {
      pass(MINUTE_MS);
      controller.close();
    },
  });
}
