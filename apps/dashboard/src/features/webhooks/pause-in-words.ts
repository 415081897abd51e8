import type { PauseDocument } from '@schoolbell/api-client';
import { visible } from '../../ui/visible.ts';

/** Why a webhook is paused, in a sentence. */
export function pauseInWords({ reason, lastError }: PauseDocument): string {
  const error = lastError === null ? '' : ` ${visible(lastError)}`;
  switch (reason) {
    case 'manual':
      return 'Paused by hand.';
    case 'consecutive_failures':
      return `Paused after too many failed attempts in a row.${error && ` The last one:${error}`}`;
    case 'gone':
      return 'Paused because the receiver answered 410 Gone: it wants no more events.';
    case 'handshake':
      return lastError === null
        ? 'Waiting for the receiver’s consent.'
        : `The receiver has not consented:${error}`;
  }
}
