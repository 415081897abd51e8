import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

interface Target {
  host: string;
  port: number;
}

/** A way to a server that can be cut and mended, as if the server went away and came back. */
export interface CuttableProxy {
  port: number;
  /** Resets every connection and refuses new ones. */
  cut(): Promise<void>;
  mend(): Promise<void>;
  /** Has new connections go there; those that are open stay where they are. */
  leadTo(target: Target): void;
  close(): Promise<void>;
}

/** Listens on a free port of 127.0.0.1 and passes everything on. */
export async function startCuttableProxy(firstTarget: Target): Promise<CuttableProxy> {
  let target = firstTarget;
  const sockets = new Set<Socket>();
  const server = createServer((downstream) => {
    const upstream = connect(target);
    for (const [from, to] of [
      [downstream, upstream],
      [upstream, downstream],
    ] as const) {
      sockets.add(from);
      from.on('error', () => to.destroy());
      from.on('close', () => {
        sockets.delete(from);
        to.destroy();
      });
      from.pipe(to);
    }
  });
  const listen = async (port: number): Promise<number> => {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  };
  const cut = async (): Promise<void> => {
    if (!server.listening) return;
    server.close();
    for (const socket of sockets) socket.resetAndDestroy();
    await once(server, 'close');
  };
  const port = await listen(0);
  return {
    port,
    cut,
    mend: async () => void (await listen(port)),
    leadTo: (other) => (target = other),
    close: cut,
  };
}
