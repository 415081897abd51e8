import { createServer } from 'node:net';
import { hostname } from 'node:os';
import { createEgressPolicy } from '@schoolbell/destinations';
import { createSender } from '@schoolbell/egress';
import { afterEach, describe, expect, it } from 'vitest';
import { resolvConf, startNameServer, type Reply } from './name-server.js';
import {
  closeAll,
  closeLater,
  failed,
  answered,
  httpReceiver,
  send,
  senderWith,
} from './receivers.js';

afterEach(closeAll);

const namesAre = async (answer: Reply) =>
  (await resolvConf((await startNameServer(() => answer)).address)).source;

describe('a receiver inside our network', () => {
  it.each([
    '127.0.0.1',
    '127.1',
    '2130706433',
    '0x7f000001',
    '0177.0.0.1',
    '0',
    '0.0.0.0',
    '[::1]',
    '[::]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[64:ff9b::7f00:1]',
    '[2002:7f00:1::]',
    'localhost',
    'localhost.',
    'a.localhost',
    '169.254.169.254',
    '10.0.0.1',
  ])('is never connected to as %s', async (host) => {
    const receiver = await httpReceiver((_request, response) => response.end());
    const sender = senderWith({ allowLoopback: false });
    const result = failed(await send(sender, `http://${host}:${receiver.port}/`));
    expect(result.error.code).toBe('blocked_address');
    expect(result.error.message).not.toMatch(/\d+\.\d+|::/);
    expect(receiver.connections()).toBe(0);
  });

  it('is never connected to through a name; the tenant does not learn where it leads', async () => {
    const receiver = await httpReceiver((_request, response) => response.end());
    const sender = senderWith({ allowLoopback: false });
    // This machine's own name is in its hosts file or DNS, and resolves to this machine.
    const result = failed(await send(sender, `http://${hostname()}:${receiver.port}/`));
    expect(['blocked_address', 'dns']).toContain(result.error.code);
    expect(result.error.message).not.toMatch(/\d+\.\d+|::/);
    expect(receiver.connections()).toBe(0);
  });

  it.each<[string, Reply]>([
    ['a private address', '10.0.0.1'],
    ['several', ['10.0.0.1', '192.168.0.1', 'fd00::1']],
    ['this machine', ['127.0.0.1', '::1']],
    ['the metadata of a cloud', ['169.254.169.254', '168.63.129.16', 'fd00:ec2::254']],
    ['an IPv6 address that stands for a private one', ['::ffff:10.0.0.1', '64:ff9b::a00:1']],
    ['nowhere', ['0.0.0.0', '::', 'ff02::1', '100::1', '2001:db8::1']],
  ])('is never connected to through a name that leads to %s', async (_what, addresses) => {
    const receiver = await httpReceiver((_request, response) => response.end());
    const sender = senderWith({ allowLoopback: false, nameServers: await namesAre(addresses) });
    const { error } = failed(await send(sender, `http://inside.test:${receiver.port}/`));
    expect(error).toEqual({
      code: 'blocked_address',
      message: expect.not.stringMatching(/\d+\.\d+|::|inside/),
      internal: expect.stringContaining([addresses].flat()[0]!),
    });
    expect(receiver.connections()).toBe(0);
  });

  it('is not connected to through a name that leads to other addresses too: these alone are', async () => {
    const receiver = await httpReceiver((_request, response) => response.end());
    const nameServers = await namesAre(['10.0.0.1', '127.0.0.1', '169.254.169.254', 'fd00::1']);
    const result = await send(senderWith({ nameServers }), `http://both.test:${receiver.port}/`);
    answered(result);
    expect(result.timings.totalMs).toBeLessThan(1000);
  });

  it('is never connected to when a name leads there the second time (DNS rebinding)', async () => {
    const server = await startNameServer(() => '127.0.0.1');
    const { source } = await resolvConf(server.address);
    const receiver = await httpReceiver((_request, response) => response.end());
    const sender = senderWith({ nameServers: source });
    const url = `http://rebinding.test:${receiver.port}/`;
    answered(await send(sender, url, { newConnection: true }));
    // It connects to the address that was judged: nobody looks up the name in between.
    expect(server.asked).toEqual(['rebinding.test']);
    server.answer = () => '10.0.0.1';
    const { error } = failed(await send(sender, url, { newConnection: true }));
    expect(error.code).toBe('blocked_address');
    expect(receiver.connections()).toBe(1);
  });

  it('is left at once when the address that answered is not one that is sent to', async () => {
    let requests = 0;
    const receiver = await httpReceiver(() => requests++);
    let asked = 0;
    // As a socket reports that is connected to another address than it was opened for.
    const rules = createEgressPolicy({ allowHttp: true, allow: [], allowLoopback: true });
    const policy = { ...rules, allowsAddress: () => asked++ === 0 };
    const sender = closeLater(createSender({ policy }));
    expect(failed(await send(sender, receiver.url)).error.code).toBe('blocked_address');
    expect([asked, requests]).toEqual([2, 0]);
  });

  it.each([
    '127.0.0.1',
    '127.1',
    '2130706433',
    'localhost',
    'a.b.localhost.',
    '[::ffff:127.0.0.1]',
  ])('is connected to as %s where loopback is allowed', async (host) => {
    const receiver = await httpReceiver((_request, response) => response.end());
    const sender = senderWith({ allowHttp: false });
    answered(await send(sender, `http://${host}:${receiver.port}/`));
  });

  it('is connected to where its range is allowed', async () => {
    const receiver = await httpReceiver((_request, response) => response.end());
    const sender = senderWith({ allowLoopback: false, allow: ['127.0.0.0/8'] });
    answered(await send(sender, receiver.url));
    answered(await send(sender, `http://localhost:${receiver.port}/`));
  });
});

describe('a receiver that cannot be reached', () => {
  it('because its name does not exist is told so', async () => {
    const result = failed(await send(senderWith(), 'http://nope.invalid/'));
    expect(result.error.code).toBe('dns');
    expect(result.timings).toMatchObject({ dnsMs: null, connectMs: null, firstByteMs: null });
  });

  it('because nothing listens is told so, without an address', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    await new Promise((resolve) => server.close(resolve));
    const sender = senderWith();
    for (const host of ['127.0.0.1', 'localhost']) {
      const result = failed(await send(sender, `http://${host}:${port}/`));
      expect(result.error).toEqual({
        code: 'connection_refused',
        message:
          'The receiver refused the connection. Check that it is running and that the port is right.',
        internal: expect.stringContaining('ECONNREFUSED'),
      });
    }
  });

  it.each([
    ['http://example.com/', 'unsendable'],
    ['https://example.com:22/', 'unsendable'],
    ['https://joe@example.com/', 'unsendable'],
    ['nonsense', 'unsendable'],
  ])('because the rules of the installation are against %s is told so', async (url, code) => {
    const sender = senderWith({ allowHttp: false });
    expect(failed(await send(sender, url)).error.code).toBe(code);
  });
});
