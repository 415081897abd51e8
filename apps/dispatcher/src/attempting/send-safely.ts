import type { OutgoingRequest, Sender, SendResult } from '@schoolbell/delivery';
import { sendingBroke } from './failed-sending.js';

/** Sends, and makes of a bug of ours what a failed request is: an attempt must not take its dispatcher down. */
export async function sendSafely(sender: Sender, request: OutgoingRequest): Promise<SendResult> {
  const sentAt = performance.now();
  try {
    return await sender.send(request);
  } catch (error) {
    return sendingBroke(error, Math.round(performance.now() - sentAt));
  }
}
