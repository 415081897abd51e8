import { once } from 'node:events';
import { createServer as createHttpServer, STATUS_CODES, type IncomingMessage } from 'node:http';
import { createServer as createHttpsServer, type ServerOptions } from 'node:https';
import { connect, type AddressInfo, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';

/** A tunnel that a client asked for. */
export interface AskedTunnel {
  /** Host and port, as given after `CONNECT`. */
  authority: string;
  /** `Proxy-Authorization` */
  authorization: string | undefined;
}

type Answer = null | number | 'silent';

export interface ForwardProxy {
  /** `http://127.0.0.1:<port>`, or https. */
  url: string;
  port: number;
  tunnels: AskedTunnel[];
  /** How many connections are open to it. */
  open: () => number;
  /** From now on: a status that refuses, `silent`, or null to open tunnels, which always lead to this machine. */
  answersWith: (answer: Answer | ((authority: string) => Answer)) => void;
  /** Cuts every tunnel and stops listening. */
  goAway: () => Promise<void>;
  comeBack: () => Promise<void>;
  close: () => Promise<void>;
}

/** A forward proxy on its own port. @param tls makes it an https proxy */
export async function startForwardProxy(tls?: ServerOptions): Promise<ForwardProxy> {
  const tunnels: AskedTunnel[] = [];
  const sockets = new Set<Duplex>();
  let answer: Parameters<ForwardProxy['answersWith']>[0] = null;
  const server = tls ? createHttpsServer(tls) : createHttpServer();
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
  };
  server.on('connection', keep);
  server.on('connect', (request: IncomingMessage, client: Duplex, head: Buffer) => {
    const authority = request.url!;
    tunnels.push({ authority, authorization: request.headers['proxy-authorization'] });
    client.on('error', () => client.destroy());
    const status = typeof answer === 'function' ? answer(authority) : answer;
    if (status === 'silent') {
      client.on('end', () => client.destroy()).resume();
      return;
    }
    if (status !== null) {
      client.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\ncontent-length: 2\r\n\r\nno`);
      return;
    }
    const receiver = connect(Number(/\d+$/.exec(authority)![0]), '127.0.0.1');
    keep(receiver);
    receiver.once('connect', () => client.write('HTTP/1.1 200 Connection established\r\n\r\n'));
    receiver.once('close', () => client.destroy());
    client.once('close', () => receiver.destroy());
    if (head.length > 0) receiver.write(head);
    client.pipe(receiver).pipe(client);
  });
  const listen = async (port: number) => {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
  };
  await listen(0);
  const { port } = server.address() as AddressInfo;
  const goAway = async () => {
    if (!server.listening) return;
    const closed = once(server, 'close');
    server.close();
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  return {
    url: `${tls ? 'https' : 'http'}://127.0.0.1:${port}`,
    port,
    tunnels,
    open: () => sockets.size,
    answersWith: (now) => void (answer = now),
    goAway,
    comeBack: () => listen(port),
    close: goAway,
  };
}
