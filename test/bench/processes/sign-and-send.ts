import { createHmac, type KeyObject } from 'node:crypto';
import type { Agent, Dispatcher } from 'undici';

interface SignedRequest {
  origin: string;
  path: string;
  id: string;
  body: Buffer;
  key: KeyObject;
}

/**
 * The least that sending a webhook takes: one HMAC, and one `Agent.dispatch` with its headers as an array.
 *
 * @returns the status of the answer
 */
export function signAndSend(agent: Agent, request: SignedRequest): Promise<number> {
  const { origin, path, id, body, key } = request;
  const timestamp = String(Math.floor(Date.now() / 1000));
  const hmac = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body);
  const headers = [
    'content-type',
    'application/json',
    'user-agent',
    'baseline',
    'webhook-id',
    id,
    'webhook-timestamp',
    timestamp,
    'webhook-signature',
    `v1,${hmac.digest('base64')}`,
  ];
  return new Promise((resolve, reject) => {
    let status = 0;
    const handler: Dispatcher.DispatchHandler = {
      onRequestStart: () => undefined,
      onResponseStart: (_controller, statusCode) => void (status = statusCode),
      onResponseData: () => undefined,
      onResponseEnd: () => resolve(status),
      onResponseError: (_controller, error) => reject(error),
    };
    agent.dispatch({ origin, path, method: 'POST', headers, body }, handler);
  });
}
