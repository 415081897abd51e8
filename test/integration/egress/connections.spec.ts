import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import {
  answered,
  closeAll,
  failed,
  httpReceiver,
  rawReceiver,
  send,
  sendOnce,
  senderWith,
} from './receivers.js';

const OK = 'HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n';
afterEach(closeAll);

describe('connections', () => {
  it('are kept open and used again', async () => {
    const receiver = await httpReceiver((_request, response) => response.end('ok'));
    const sender = senderWith();
    const first = await send(sender, receiver.url);
    expect(first.timings.connectMs).toEqual(expect.any(Number));
    for (let i = 0; i < 5; i++) {
      const next = await send(sender, receiver.url);
      expect(next.timings).toMatchObject({ dnsMs: null, connectMs: null, tlsMs: null });
    }
    expect(receiver.connections()).toBe(1);
  });

  it('are not shared by requests that run at the same time', async () => {
    const receiver = await httpReceiver((_request, response) => {
      setTimeout(() => response.end('ok'), 50);
    });
    const sender = senderWith();
    const results = await Promise.all(Array.from({ length: 20 }, () => send(sender, receiver.url)));
    expect(results.map((result) => answered(result).status)).toEqual(Array(20).fill(200));
    expect(receiver.connections()).toBe(20);
    await send(sender, receiver.url);
    expect(receiver.connections()).toBe(20);
  });

  it('close when they are idle for a while, and are limited in number', async () => {
    const receiver = await rawReceiver((socket) => void setTimeout(() => socket.write(OK), 20));
    const sender = senderWith({ maxIdleConnections: 3, keepAliveMs: 300 });
    await Promise.all(Array.from({ length: 10 }, () => send(sender, receiver.url)));
    await expect.poll(receiver.open).toBeLessThanOrEqual(3);
    await expect.poll(receiver.open, { timeout: 3000 }).toBe(0);
  });

  it('end when the receiver wants it so', async () => {
    const receiver = await httpReceiver((_request, response) => {
      response.setHeader('Connection', 'close').end('ok');
    });
    const sender = senderWith();
    for (let i = 0; i < 3; i++) answered(await send(sender, receiver.url));
    expect(receiver.connections()).toBe(3);
  });

  it('that the receiver closed while idle are opened anew, and no attempt fails', async () => {
    const receiver = await rawReceiver((socket) => {
      socket.write(OK, () => socket.end());
    });
    const sender = senderWith();
    for (let i = 0; i < 5; i++) {
      answered(await send(sender, receiver.url));
      await wait(10);
    }
    expect(receiver.connections()).toBe(5);
  });

  it('that the receiver closes after each answer never make it read a request twice', async () => {
    const read: string[] = [];
    const receiver = await rawReceiver((socket, _n, head) => {
      read.push(/x-number: (\d+)/i.exec(head)![1]!);
      if (socket.writable) socket.write(OK, () => socket.end());
    });
    for (let n = 0; n < 100; n++) {
      // A sender of its own, since senders stop reusing connections to a receiver that has just cut one.
      const sender = senderWith();
      await send(sender, receiver.url, { headers: [['X-Number', `${2 * n}`]] });
      await send(sender, receiver.url, { headers: [['X-Number', `${2 * n + 1}`]] });
    }
    expect(read).toEqual([...new Set(read)]);
    expect(read.length).toBeGreaterThanOrEqual(100);
  });

  it.each(['end', 'resetAndDestroy'] as const)(
    'that the receiver closes (%s) as it reads the next request are a failed attempt on our side, tried again soon',
    async (how) => {
      const read: number[] = [];
      const receiver = await rawReceiver((socket, n) => {
        read.push(n);
        if (n === 2) socket[how]();
        else socket.write(OK);
      });
      const sender = senderWith();
      answered(await send(sender, receiver.url));
      const cut = failed(await send(sender, receiver.url));
      expect(cut.error).toMatchObject({ code: 'connection_reset', ours: true, retrySoon: true });
      expect([read, receiver.connections()]).toEqual([[1, 2], 1]);
      // From then on each request has its own connection, so that the next one cannot fail in the same way.
      for (let n = 0; n < 3; n++) answered(await send(sender, receiver.url));
      expect([read, receiver.connections()]).toEqual([[1, 2, 3, 4, 5], 4]);
    },
  );

  it('are not used for an attempt that no other follows', async () => {
    const receiver = await rawReceiver((socket) => socket.write(OK));
    const sender = senderWith();
    answered(await send(sender, receiver.url));
    answered(await send(sender, receiver.url, { newConnection: true }));
    expect(receiver.connections()).toBe(2);
  });

  it('that were new and are closed without an answer are a failed attempt', async () => {
    const receiver = await rawReceiver((socket) => void socket.end());
    const { error } = failed(await sendOnce(receiver.url));
    expect(error.code).toBe('connection_reset');
    expect(error).not.toHaveProperty('ours');
    expect(receiver.connections()).toBe(1);
  });

  it('that break off in the middle of an answer are a failed attempt, also when reused', async () => {
    const receiver = await rawReceiver((socket, n) => {
      if (n === 1) socket.write(OK);
      else socket.end('HTTP/1.1 20');
    });
    const sender = senderWith();
    answered(await send(sender, receiver.url));
    expect(failed(await send(sender, receiver.url)).error.code).toBe('connection_reset');
    expect(receiver.connections()).toBe(1);
  });
});

describe('a receiver that hangs', () => {
  it('does not hold up another one', async () => {
    const hanging = await rawReceiver(() => {});
    const healthy = await httpReceiver((_request, response) => response.end('ok'));
    const sender = senderWith();
    const hung = Array.from({ length: 50 }, () => send(sender, hanging.url, { timeoutMs: 500 }));
    for (let i = 0; i < 20; i++) {
      expect((await send(sender, healthy.url)).timings.totalMs).toBeLessThan(200);
    }
    for (const result of await Promise.all(hung)) {
      expect(failed(result).error.code).toBe('timeout');
    }
  });
});

describe('closing the sender', () => {
  it('cuts off what is in flight, and sends no more', async () => {
    const receiver = await rawReceiver(() => {});
    const sender = senderWith();
    const inFlight = send(sender, receiver.url);
    await expect.poll(receiver.open).toBe(1);
    await sender.close();
    expect(failed(await inFlight).error.code).toBe('interrupted');
    expect(failed(await send(sender, receiver.url)).error.code).toBe('interrupted');
    expect(receiver.connections()).toBe(1);
  });
});

describe('timings', () => {
  it('tell how long each step took', async () => {
    const receiver = await rawReceiver((socket) => {
      setTimeout(() => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\no'), 100);
      setTimeout(() => socket.write('k'), 200);
    });
    const { timings } = await sendOnce(`http://localhost:${receiver.port}/`);
    expect(timings).toEqual({
      dnsMs: expect.any(Number),
      connectMs: expect.any(Number),
      tlsMs: null,
      firstByteMs: expect.any(Number),
      totalMs: expect.any(Number),
    });
    expect(timings.firstByteMs).toBeGreaterThanOrEqual(95);
    expect(timings.firstByteMs).toBeLessThan(190);
    expect(timings.totalMs).toBeGreaterThanOrEqual(195);
    expect(timings.connectMs).toBeLessThan(90);
    expect(Object.values(timings).every((ms) => ms === null || Number.isInteger(ms))).toBe(true);
  });
});
