// Baseline: the cost of sending alone. Bodies are signed and sent with undici; nothing is stored or judged.
import { createSecretKey, randomBytes } from 'node:crypto';
import { Agent } from 'undici';
import { benchData, machineMs } from './bench-event.ts';
import { serveCommands } from './serve-commands.ts';
import { signAndSend } from './sign-and-send.ts';

export interface BareLoop {
  ports: number[];
  requests: number;
  /** Requests in flight per origin, as many as the product has. */
  perOrigin: number;
}

const KEY = createSecretKey(randomBytes(32));

serveCommands({ send });

async function send({ ports, requests, perOrigin }: BareLoop): Promise<void> {
  const agent = new Agent({ connections: perOrigin, pipelining: 1 });
  let number = 0;
  const lane = async (port: number, origin: number): Promise<void> => {
    while (number < requests) await sendOne(agent, port, origin, number++);
  };
  await Promise.all(
    ports.flatMap((port, origin) => Array.from({ length: perOrigin }, () => lane(port, origin))),
  );
  await agent.close();
}

async function sendOne(agent: Agent, port: number, origin: number, number: number): Promise<void> {
  const id = `evt_${String(number).padStart(26, '0')}`;
  const data = benchData(number, `pkg_${origin}`, machineMs());
  const body = Buffer.from(
    `{"id":"${id}","type":"session.completed","createdAt":"2026-11-22T09:30:00.000Z","data":${data}}`,
  );
  const target = { origin: `http://127.0.0.1:${port}`, path: `/w/${origin}` };
  await signAndSend(agent, { ...target, id, body, key: KEY });
}
