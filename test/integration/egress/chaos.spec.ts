import type { Socket } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { closeAll, rawReceiver, send, senderWith } from './receivers.js';

const OK = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok';

/** The misbehaviour of receivers. */
const MISDEEDS: ((socket: Socket) => void)[] = [
  (socket) => socket.write(OK),
  (socket) => socket.write(OK, () => socket.end()),
  (socket) => socket.write(OK, () => socket.resetAndDestroy()),
  (socket) => socket.end(),
  (socket) => socket.resetAndDestroy(),
  (socket) => socket.destroy(),
  (socket) => socket.end(OK.slice(0, 20)),
  (socket) => socket.write(OK.slice(0, -1)),
  (socket) => socket.write(OK + OK),
  (socket) => socket.write(`${OK}garbage`),
  (socket) => socket.write('HTTP/1.1 103 Early\r\n\r\n', () => socket.end()),
  (socket) => socket.write('\r\n\r\n\r\n'),
  (socket) => socket.write('SSH-2.0-OpenSSH\r\n'),
  (socket) => socket.write(`HTTP/1.1 200 OK\r\n\r\n${'x'.repeat(100_000)}`),
  (socket) => socket.write(`HTTP/1.1 200 OK\r\nconnection: close\r\n\r\nok`, () => socket.end()),
  (socket) =>
    socket.write(
      'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nx: y\r\n\r\n',
    ),
  (socket) => void setTimeout(() => socket.write(OK), 60),
  () => {},
];

afterEach(closeAll);

const resources = (kind: string) =>
  process.getActiveResourcesInfo().filter((resource) => resource === kind).length;

it('two thousand requests to receivers that do as they like all come to an end, and leave nothing behind', async () => {
  const timersBefore = resources('Timeout');
  let requests = 0;
  const receiver = await rawReceiver((socket) => {
    // Visits all of them in an order in which each meets every other.
    MISDEEDS[(requests++ * 7 + Math.floor(requests / 18)) % MISDEEDS.length]!(socket);
  });
  const sender = senderWith();
  const outcomes = new Map<string, number>();
  let sent = 0;
  await Promise.all(
    Array.from({ length: 50 }, async () => {
      while (sent++ < 2000) {
        const result = await send(sender, receiver.url, { timeoutMs: 100 });
        expect(result.timings.totalMs).toBeLessThan(5000);
        const outcome = result.kind === 'answered' ? 'answered' : result.error.code;
        outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      }
    }),
  );
  expect([...outcomes.keys()].toSorted()).toEqual([
    'answered',
    'connection_reset',
    'invalid_response',
    'timeout',
  ]);
  await sender.close();
  await expect.poll(receiver.open).toBe(0);
  await expect.poll(() => resources('Timeout')).toBeLessThanOrEqual(timersBefore + 1);
});
