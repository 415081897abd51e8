import { useState } from 'react';
import type { WebhookDocument } from '@schoolbell/api-client';
import { fineAgain, type Need } from './needs.ts';

/**
 * Rows that come or go push the figures down or up while somebody reads them: those of the first look stay in place,
 * also once they are met, and what needs somebody since then waits until it is asked for.
 */
export function useNeedsInSight(needs: readonly Need[], webhooks: readonly WebhookDocument[]) {
  const [shown, setShown] = useState(() => idsOf(needs));
  const rows = shown.flatMap((id) => {
    const need = needs.find(({ webhook }) => webhook.id === id);
    return need ?? webhooks.filter((webhook) => webhook.id === id).map(fineAgain);
  });
  return {
    rows,
    /** How many are not among them. */
    waiting: needs.filter(({ webhook }) => !shown.includes(webhook.id)).length,
    show: () => setShown(idsOf(needs)),
  };
}

const idsOf = (needs: readonly Need[]): string[] => needs.map(({ webhook }) => webhook.id);
