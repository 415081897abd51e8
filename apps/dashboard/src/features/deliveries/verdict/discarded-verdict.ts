import type { Verdict, VerdictInput } from './verdict-input.ts';

export function discardedVerdict(input: VerdictInput): Verdict {
  return { tone: 'calm', title: 'Discarded', turn: 'nobody', ...reasonOf(input) };
}

function reasonOf({ delivery, webhook }: VerdictInput): Pick<Verdict, 'cause'> & Partial<Verdict> {
  const sent = delivery.attemptCount > 0 ? 'It will not be sent again.' : 'Nothing was sent.';
  switch (delivery.discardReason) {
    case 'filtered':
      return {
        title: 'Not wanted by the filter',
        cause: `The webhook’s filter turned this event away. ${sent}`,
        meaning: 'If it should have gone, change the filter and replay the events.',
      };
    case 'not_carried':
      return {
        title: 'Not carried by the format',
        cause: `The webhook’s format has no place for this event. ${sent}`,
        meaning: 'If it should have gone, choose a format that carries its type.',
      };
    case 'erased':
      return {
        title: 'Erased',
        cause: `The learner wished to be forgotten, and what was stored of the event was erased. ${sent}`,
      };
    case undefined:
      return webhook === null
        ? { cause: `Its webhook was deleted, and what waited for it was discarded. ${sent}` }
        : { cause: `${BY_HAND} ${sent}`, meaning: REPLAY };
  }
}

/** The API says only that no filter, format or erasure discarded it. */
const BY_HAND =
  'Somebody decided that it need not be sent: by hand, or when the webhook was resumed without what it held.';
const REPLAY = 'If it should have gone, replay the events on the webhook’s page.';
