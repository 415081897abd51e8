import { ownAttempts } from './own-attempts.ts';
import { historyWords } from './history-words.ts';
import type { KnownWebhook, Verdict, VerdictInput } from './verdict-input.ts';

const WAITS = 'It waits as it is, without a time limit, and is sent when the webhook is resumed.';

export function heldVerdict({ delivery, webhook }: VerdictInput): Verdict {
  const attempts = ownAttempts(delivery);
  const history = attempts.length === 0 ? '' : ` ${historyWords(attempts)}`;
  return {
    tone: 'wait',
    title: 'Held: the webhook is paused',
    cause: `${reasonOf(webhook)}${history}`,
    meaning: WAITS,
    step: stepOf(webhook),
    turn: 'customer',
  };
}

function reasonOf(webhook: KnownWebhook): string {
  switch (webhook?.pause?.reason) {
    case 'manual':
      return 'Somebody paused the webhook by hand.';
    case 'consecutive_failures':
      return `Schoolbell paused the webhook after ${webhook.autoPauseAfter} failed attempts in a row.`;
    case 'gone':
      return 'Schoolbell paused the webhook because their server answered 410 Gone.';
    case 'handshake':
      return 'Their server has not yet consented to receiving events.';
    default:
      return 'Its webhook is paused.';
  }
}

function stepOf(webhook: KnownWebhook): string {
  switch (webhook?.pause?.reason) {
    case 'consecutive_failures':
      return 'mend what made the attempts fail, then resume the webhook';
    case 'gone':
      return 'put their endpoint back or set its new URL, then resume the webhook';
    case 'handshake':
      return 'have their endpoint answer the handshake, then resume the webhook';
    default:
      return 'resume the webhook when the delivery may be sent';
  }
}
