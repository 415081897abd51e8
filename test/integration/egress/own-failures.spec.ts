import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { resolvConf, startNameServer, type Reply } from './name-server.js';
import {
  answered,
  closeAll,
  failed,
  httpReceiver,
  send,
  senderWith,
  type Receiver,
} from './receivers.js';

afterEach(closeAll);

const HERE = '127.0.0.1';
const receiverHere = () => httpReceiver((_request, response) => response.end('ok'));
/** Always on a new connection, and so after a new lookup. */
const sendTo = (
  sender: ReturnType<typeof senderWith>,
  { port }: Receiver,
  name: string,
  timeoutMs?: number,
) =>
  send(sender, `http://${name}:${port}/`, { newConnection: true, ...(timeoutMs && { timeoutMs }) });

/** After it the sender looks again which name servers there are. */
const LONGER_THAN_BETWEEN_LOOKS_MS = 1001;

const BROKEN: Reply[] = ['no-such-name', 'server-failed', 'refused'];

describe('a host name that cannot be looked up', () => {
  it.each(BROKEN)("is the customer's failure while others resolve (%s)", async (reply) => {
    const server = await startNameServer((name) => (name === 'broken.test' ? reply : HERE));
    const { source } = await resolvConf(server.address);
    const [receiver, sender] = [await receiverHere(), senderWith({ nameServers: source })];
    for (const name of ['a.test', 'b.test']) answered(await sendTo(sender, receiver, name));
    for (let n = 0; n < 5; n++) {
      const { error } = failed(await sendTo(sender, receiver, 'broken.test'));
      expect(error.code).toBe('dns');
      expect(error).not.toHaveProperty('ours');
    }
    answered(await sendTo(sender, receiver, 'c.test'));
  });

  it.each(BROKEN)(
    "is the customer's failure as long as no other was ever looked up, and the root answers (%s)",
    async (reply) => {
      const server = await startNameServer((name) => (name === '.' ? HERE : reply));
      const { source } = await resolvConf(server.address);
      const { error } = failed(
        await sendTo(senderWith({ nameServers: source }), await receiverHere(), 'broken.test'),
      );
      expect(error.code).toBe('dns');
      expect(error).not.toHaveProperty('ours');
    },
  );

  it("is the customer's failure when only its own name servers are silent", async () => {
    const server = await startNameServer((name) => (name === 'broken.test' ? 'silent' : HERE));
    const { source } = await resolvConf(server.address);
    const [receiver, sender] = [await receiverHere(), senderWith({ nameServers: source })];
    answered(await sendTo(sender, receiver, 'a.test'));
    const { error } = failed(await sendTo(sender, receiver, 'broken.test', 2500));
    expect(error.code).toBe('timeout');
    expect(error).not.toHaveProperty('ours');
  });

  it.each(BROKEN)(
    'is our failure when those fail as well that resolved before (%s)',
    async (reply) => {
      const server = await startNameServer(() => HERE);
      const { source } = await resolvConf(server.address);
      const [receiver, sender] = [await receiverHere(), senderWith({ nameServers: source })];
      for (const name of ['a.test', 'b.test']) answered(await sendTo(sender, receiver, name));
      server.answer = () => reply;
      const all = await Promise.all(
        ['a.test', 'a.test', 'b.test', 'c.test'].map((name) => sendTo(sender, receiver, name)),
      );
      for (const result of all) {
        expect(failed(result).error).toEqual({
          code: 'dns',
          message: expect.stringContaining('There is nothing to do on your side'),
          internal: expect.any(String),
          ours: true,
        });
      }
      server.answer = () => HERE;
      answered(await sendTo(sender, receiver, 'a.test'));
    },
  );

  it('is our failure when the name servers are gone, from the first attempt on', async () => {
    const server = await startNameServer(() => HERE);
    const { source } = await resolvConf(server.address);
    await server.close();
    const { error } = failed(
      await sendTo(senderWith({ nameServers: source }), await receiverHere(), 'a.test'),
    );
    expect(error).toMatchObject({ code: 'dns', ours: true });
  });

  it('is our failure when the name servers are silent, also where the deadline comes first', async () => {
    const server = await startNameServer(() => 'silent');
    const { source } = await resolvConf(server.address);
    const [receiver, sender] = [await receiverHere(), senderWith({ nameServers: source })];
    const { error, timings } = failed(await sendTo(sender, receiver, 'a.test', 2500));
    expect(error).toMatchObject({ code: 'dns', ours: true });
    expect(timings.totalMs).toBeLessThan(3000);
  });

  it('costs the name servers one more question or two, however many fail at once', async () => {
    const server = await startNameServer((name) =>
      name.startsWith('broken') ? 'no-such-name' : HERE,
    );
    const { source } = await resolvConf(server.address);
    const [receiver, sender] = [await receiverHere(), senderWith({ nameServers: source })];
    for (const name of ['a.test', 'b.test', 'c.test'])
      answered(await sendTo(sender, receiver, name));
    server.asked.length = 0;
    await Promise.all(
      Array.from({ length: 50 }, (_, n) => sendTo(sender, receiver, `broken-${n}.test`)),
    );
    const controls = server.asked.filter((name) => !name.startsWith('broken'));
    expect(controls.length).toBeGreaterThan(0);
    expect(controls.length).toBeLessThanOrEqual(15);
  });
});

describe('name servers that change', () => {
  it('are asked as soon as the file that lists them has changed, without a restart', async () => {
    const [before, after] = [await startNameServer(() => HERE), await startNameServer(() => HERE)];
    const conf = await resolvConf(before.address);
    const [receiver, sender] = [await receiverHere(), senderWith({ nameServers: conf.source })];
    answered(await sendTo(sender, receiver, 'a.test'));
    await conf.write(after.address);
    await expect
      .poll(
        async () => {
          answered(await sendTo(sender, receiver, 'a.test'));
          return after.asked.length;
        },
        { timeout: 5000 },
      )
      .toBeGreaterThan(0);
    before.asked.length = 0;
    answered(await sendTo(sender, receiver, 'b.test'));
    expect(before.asked).toEqual([]);
  });

  it('after the old ones are gone fail no attempt but on our side, and the next ones go through', async () => {
    const [before, after] = [await startNameServer(() => HERE), await startNameServer(() => HERE)];
    const conf = await resolvConf(before.address);
    const [receiver, sender] = [await receiverHere(), senderWith({ nameServers: conf.source })];
    answered(await sendTo(sender, receiver, 'a.test'));
    await before.close();
    expect(failed(await sendTo(sender, receiver, 'a.test')).error).toMatchObject({ ours: true });
    await conf.write(after.address);
    const failures: unknown[] = [];
    await expect
      .poll(
        async () => {
          const result = await sendTo(sender, receiver, 'a.test');
          if (result.kind === 'failed') failures.push(result.error.ours);
          return result.kind;
        },
        { timeout: 10_000 },
      )
      .toBe('answered');
    expect(failures).toEqual(failures.map(() => true));
  });

  it('are asked again what the old ones refused while they changed, and no customer is blamed', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    onTestFinished(() => void vi.useRealTimers());
    const [before, after] = [await startNameServer(() => HERE), await startNameServer(() => HERE)];
    const conf = await resolvConf(before.address);
    const [receiver, sender] = [await receiverHere(), senderWith({ nameServers: conf.source })];
    answered(await sendTo(sender, receiver, 'a.test'));
    await conf.write(after.address);
    vi.advanceTimersByTime(1);
    before.answer = () => {
      vi.advanceTimersByTime(LONGER_THAN_BETWEEN_LOOKS_MS);
      return 'refused';
    };
    answered(await sendTo(sender, receiver, 'a.test'));
    expect(after.asked).toContain('a.test');
  });

  it('are asked what the silent ones before them were asked', async () => {
    const [before, after] = [
      await startNameServer(() => 'silent'),
      await startNameServer(() => HERE),
    ];
    const conf = await resolvConf(before.address);
    const [receiver, sender] = [await receiverHere(), senderWith({ nameServers: conf.source })];
    const sent = sendTo(sender, receiver, 'a.test', 10_000);
    await expect.poll(() => before.asked).toContain('a.test');
    await conf.write(after.address);
    answered(await sent);
  });
});

// Linux refuses TCP to multicast addresses in the same way as addresses without a route.
const allow = ['224.0.0.0/24'];
const sendAway = (sender: ReturnType<typeof senderWith>, n: number) =>
  send(sender, `http://224.0.0.${n}:9999/`, { newConnection: true });

describe('addresses without a way to them', () => {
  it("are the customer's failure when it is one, however often", async () => {
    const sender = senderWith({ allow });
    for (const result of await Promise.all([1, 1, 1, 1, 1].map((n) => sendAway(sender, n)))) {
      const { error } = failed(result);
      expect(error.code).toBe('network');
      expect(error).not.toHaveProperty('ours');
    }
  });

  it('are our failure when they are several and no other is reached, from the first attempt on', async () => {
    const [receiver, sender] = [await receiverHere(), senderWith({ allow })];
    // Receivers on this machine need no network.
    answered(await send(sender, receiver.url));
    for (const result of await Promise.all([1, 1, 1, 1, 1, 2, 3].map((n) => sendAway(sender, n)))) {
      expect(failed(result).error).toMatchObject({ code: 'network', ours: true });
    }
  });
});
