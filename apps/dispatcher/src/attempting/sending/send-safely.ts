import type { OutgoingRequest, Sender, SendResult } from '@schoolbell/delivery';
import { sendingBroke } from './failed-sending.js';

/** Sends, and turns a bug of Schoolbell's into a failed request: an attempt must not take its dispatcher down. */
export async function sendSafely(sender: Sender, request: OutgoingRequest): Promise<SendResult> {
  const sentAt = performance.now();
  try {
    return await sender.send(request);
  } catch (error) {
    return sendingBroke(error, Math.round(performance.now() - sentAt));
  }
}
