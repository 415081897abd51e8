import {
  startExample,
  type ExampleReceiver,
  type ReceiverOptions,
} from '../../../receivers/support/start-example.js';
import { startLrs, type LrsOptions } from '../../../support/index.js';
import type { System } from './system.js';

/**
 * Starts the receiver that a system's customer has always had.
 *
 * @param signature the webhook's secret as a file, which names the signature's header
 */
export async function startReceiverOf(
  { receiver, options = {} }: System,
  signature: ReceiverOptions,
): Promise<ExampleReceiver> {
  return receiver.includes('.')
    ? startExample(receiver, { ...signature, ...options })
    : startStore(options);
}

async function startStore(credentials: LrsOptions): Promise<ExampleReceiver> {
  const lrs = await startLrs(credentials);
  return {
    origin: new URL(lrs.url).origin,
    get events() {
      return lrs.statements as unknown as ExampleReceiver['events'];
    },
    close: () => lrs.close(),
  };
}
