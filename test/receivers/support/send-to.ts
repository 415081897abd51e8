import { createEgressPolicy } from '@schoolbell/destinations';
import { createSender } from '@schoolbell/egress';
import type { RenderedRequest } from '@schoolbell/formats';

const policy = createEgressPolicy({ allowHttp: true, allow: [], allowLoopback: true });

/** Sends a request the way the dispatcher does. @returns the status of the answer */
export async function sendTo(
  url: string,
  { headers, body }: Pick<RenderedRequest, 'headers' | 'body'>,
): Promise<number> {
  const sender = createSender({ policy });
  try {
    const result = await sender.send({ url, headers, body, timeoutMs: 5000 });
    if (result.kind !== 'answered') throw new Error(JSON.stringify(result));
    return result.response.status;
  } finally {
    await sender.close();
  }
}
