// Baseline: what sending alone costs. Bodies signed and sent with undici, nothing stored, nothing judged.
import { createHmac, createSecretKey, randomBytes } from 'node:crypto';
import { Agent, type Dispatcher } from 'undici';
import { benchData, machineMs } from './bench-event.ts';
import { serveCommands } from './serve-commands.ts';

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

function sendOne(agent: Agent, port: number, origin: number, number: number): Promise<void> {
  const id = `evt_${String(number).padStart(26, '0')}`;
  const timestamp = String(Math.floor(Date.now() / 1000));
  const data = benchData(number, `pkg_${origin}`, machineMs());
  const body = Buffer.from(
    `{"id":"${id}","type":"session.completed","createdAt":"2026-11-22T09:30:00.000Z","data":${data}}`,
  );
  const hmac = createHmac('sha256', KEY).update(`${id}.${timestamp}.`).update(body);
  const headers = [
    'content-type',
    'application/json',
    'user-agent',
    'bare-loop',
    'webhook-id',
    id,
    'webhook-timestamp',
    timestamp,
    'webhook-signature',
    `v1,${hmac.digest('base64')}`,
  ];
  return new Promise((resolve, reject) => {
    const handler: Dispatcher.DispatchHandler = {
      onRequestStart: () => undefined,
      onResponseStart: () => undefined,
      onResponseData: () => undefined,
      onResponseEnd: () => resolve(),
      onResponseError: (_controller, error) => reject(error),
    };
    const target = { origin: `http://127.0.0.1:${port}`, path: `/w/${origin}` };
    agent.dispatch({ ...target, method: 'POST', headers, body }, handler);
  });
}
