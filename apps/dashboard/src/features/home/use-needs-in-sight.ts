import { useState } from 'react';
import type { WebhookDocument } from '@schoolbell/api-client';
import { fineAgain, type Need } from './needs.ts';

/**
 * Rows that appear or vanish would move the figures while somebody reads them. So the rows of the first look stay, also
 * once their webhooks have recovered, and webhooks that need attention later wait until the user asks for them.
 */
export function useNeedsInSight(needs: readonly Need[], webhooks: readonly WebhookDocument[]) {
  const [shown, setShown] = useState(() => idsOf(needs));
  const rows = shown.flatMap((id) => {
    const need = needs.find(({ webhook }) => webhook.id === id);
    return need ?? webhooks.filter((webhook) => webhook.id === id).map(fineAgain);
  });
  return {
    rows,
    /** How many are not shown. */
    waiting: needs.filter(({ webhook }) => !shown.includes(webhook.id)).length,
    show: () => setShown(idsOf(needs)),
  };
}

const idsOf = (needs: readonly Need[]): string[] => needs.map(({ webhook }) => webhook.id);
