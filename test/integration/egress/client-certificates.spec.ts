import type { TLSSocket } from 'node:tls';
import type { Sender, TlsIdentity } from '@schoolbell/delivery';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startForwardProxy } from '../../support/start-forward-proxy.js';
import { certificateFor, type Certificate } from '../../support/certificates.js';
import {
  answered,
  closeAll,
  closeLater,
  failed,
  httpsReceiver,
  send,
  senderWith,
  type Receiver,
} from './receivers.js';

let receivers: Certificate;
let one: Certificate;
let other: Certificate;
let stranger: Certificate;
beforeAll(async () => {
  [receivers, one, other, stranger] = await Promise.all([
    certificateFor('localhost'),
    certificateFor('one'),
    certificateFor('other'),
    certificateFor('stranger'),
  ]);
});
afterEach(closeAll);

/** Answers with the client's name; admits only `one` and `other`. */
const receiverWith = (how: { requestCert: boolean } = { requestCert: true }): Promise<Receiver> =>
  httpsReceiver(
    { key: receivers.private, cert: receivers.cert, ca: [one.cert, other.cert], ...how },
    (request, response) =>
      response.end((request.socket as TLSSocket).getPeerCertificate()?.subject?.CN ?? 'nobody'),
  );

const identity = (id: string, client?: Certificate, ca?: string): TlsIdentity => ({
  id,
  ...(client && { client: { certificate: client.cert, key: client.private } }),
  ...(ca !== undefined && { ca }),
});

/** @returns the name by which the receiver knows the client, or the error */
const sendAs = async (sender: Sender, { url }: Receiver, as?: TlsIdentity) => {
  const result = await send(sender, url, { identity: as });
  return result.kind === 'answered' ? result.response.body : result.error.code;
};

describe('a client certificate', () => {
  it('is shown to the receiver that asks for one', async () => {
    const receiver = await receiverWith();
    const sender = senderWith({ ca: receivers.cert });
    expect(await sendAs(sender, receiver, identity('w1', one))).toBe('one');
  });

  it('never speaks for another webhook: connections are shared by requests of the same identity only', async () => {
    const receiver = await receiverWith();
    const sender = senderWith({ ca: receivers.cert });
    const [first, second] = [identity('w1', one), identity('w2', other)];
    for (let round = 0; round < 3; round++) {
      expect(await sendAs(sender, receiver, first)).toBe('one');
      expect(await sendAs(sender, receiver, second)).toBe('other');
    }
    expect(receiver.connections()).toBe(2);
    // As for the same webhook after a change.
    expect(await sendAs(sender, receiver, identity('w1 changed', other))).toBe('other');
    expect(receiver.connections()).toBe(3);
  });

  it('that the receiver does not want, or misses, is a failed attempt', async () => {
    const receiver = await receiverWith();
    const sender = senderWith({ ca: receivers.cert });
    expect(await sendAs(sender, receiver, identity('w1', one))).toBe('one');
    for (const as of [undefined, identity('w2', stranger)]) {
      const { error } = failed(await send(sender, receiver.url, { identity: as }));
      // Unlike Node's, other servers say in the handshake why they close.
      expect(['tls', 'connection_reset']).toContain(error.code);
      expect(error).not.toHaveProperty('ours');
    }
  });

  it('goes through a proxy', async () => {
    const proxy = closeLater(await startForwardProxy());
    const receiver = await receiverWith();
    const sender = senderWith({ ca: receivers.cert, proxy: proxy.url });
    expect(await sendAs(sender, receiver, identity('w1', one))).toBe('one');
    expect(await sendAs(sender, receiver, identity('w2', other))).toBe('other');
    expect(proxy.tunnels).toHaveLength(2);
  });

  it('that cannot be used opens no connection, and the attempt says what to do', async () => {
    const receiver = await receiverWith();
    const sender = senderWith({ ca: receivers.cert });
    const broken = { id: 'w', client: { certificate: one.cert, key: other.private } };
    const { error } = failed(await send(sender, receiver.url, { identity: broken }));
    expect(error).toMatchObject({ code: 'unsendable', message: expect.stringMatching(/again/) });
    expect(receiver.connections()).toBe(0);
  });
});

describe('a CA of a webhook', () => {
  it('is trusted in place of all others, and by nobody else', async () => {
    const receiver = await receiverWith({ requestCert: false });
    const sender = senderWith();
    const [own, strangers] = [
      identity('w1', undefined, receivers.cert),
      identity('w2', undefined, stranger.cert),
    ];
    for (let round = 0; round < 2; round++) {
      expect(await sendAs(sender, receiver, own)).toBe('nobody');
      expect(await sendAs(sender, receiver, strangers)).toBe('tls');
      expect(await sendAs(sender, receiver)).toBe('tls');
    }
    const trusting = senderWith({ ca: receivers.cert });
    expect(await sendAs(trusting, receiver)).toBe('nobody');
    expect(await sendAs(trusting, receiver, strangers)).toBe('tls');
  });

  it('verifies the host name all the same', async () => {
    const receiver = await httpsReceiver(
      { key: stranger.private, cert: stranger.cert },
      (_request, response) => response.end(),
    );
    const as = identity('w1', undefined, stranger.cert);
    const { error } = failed(await send(senderWith(), receiver.url, { identity: as }));
    expect(error).toMatchObject({ code: 'tls', message: expect.stringContaining('name the host') });
  });

  it('is a root, or whatever else stands in the chain of the receiver', async () => {
    const issued = await certificateFor('localhost', { issuer: stranger });
    const receiver = await httpsReceiver(
      { key: issued.private, cert: issued.cert },
      (_request, response) => response.end(),
    );
    const sender = senderWith();
    for (const [id, ca] of [stranger.cert, issued.cert].entries()) {
      const as = identity(`w${id}`, undefined, ca);
      answered(await send(sender, `https://localhost:${receiver.port}/`, { identity: as }));
    }
    expect(await sendAs(sender, receiver, identity('w', undefined, receivers.cert))).toBe('tls');
  });

  it('may be several in one text', async () => {
    const receiver = await receiverWith({ requestCert: false });
    const as = identity('w1', undefined, `${stranger.cert}\n${receivers.cert}`);
    answered(await send(senderWith(), receiver.url, { identity: as }));
  });
});
