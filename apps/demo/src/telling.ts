import type { Ledger } from './ledger.js';
import type { Narrator } from './narrator.js';
import type { Received } from './receivers.js';

/** Enters a request to the webhook of the story into the ledger, and tells its outcome. */
export function tellReceived(received: Received, ledger: Ledger, narrator: Narrator): void {
  if (!received.isLead) return;
  const failuresBefore = ledger.received(received, narrator.elapsedMs());
  const { eventId, eventType, attempt, verified, behaviour } = received;
  const about = `${eventType.padEnd(17)} ${shortId(eventId)}  attempt ${attempt}`;
  const signature = verified ? 'signature verified' : 'SIGNATURE WRONG';
  if (!verified || behaviour.kind === 'fail') {
    narrator.tell('failed', `${about}: ${signature}, answered ${verified ? 500 : 401}`);
  } else if (behaviour.kind === 'slow') {
    narrator.tell(
      'slow',
      `${about}: ${signature}, the answer takes ${(behaviour.ms / 1000).toFixed(1)} s`,
    );
  } else if (failuresBefore > 0) {
    narrator.tell('retried', `${about}: ${signature}, delivered at last`);
  } else {
    narrator.tell('delivered', `${about}: ${signature}`);
  }
}

/** The end of an id, by which two ids can be told apart at a glance. */
export function shortId(id: string): string {
  return `…${id.slice(-6)}`;
}
