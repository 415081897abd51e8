import { useNavigate, useSearch } from '@tanstack/react-router';
import type { DeliveryDocument } from '@schoolbell/api-client';
import { useEffect, useState } from 'react';
import { useShortcuts } from '../../../app/shell/use-shortcuts.ts';
import { useMay } from '../../../app/session/use-me.ts';
import { useToast } from '../../../ui/toasts.tsx';
import { whyNotRetryable } from '../retry/is-retryable.ts';
import { useRetry } from '../retry/use-retry.ts';
import { DELIVERIES_ROUTE } from '../use-filters.ts';

/** A row that is scrolled to is rendered within this many frames. */
const MOST_FRAMES = 10;

/**
 * The row that the keys act on. `j` and `k` move it, and the open delivery with it; Enter opens it, since its link has
 * the focus; `r` retries it.
 */
export function useChosenRow(rows: readonly DeliveryDocument[], show: (index: number) => void) {
  const open = useSearch({ from: DELIVERIES_ROUTE, select: (search) => search.open });
  const navigate = useNavigate({ from: '/deliveries' });
  const [own, setOwn] = useState<string>();
  const chosen = open ?? own;
  // A delivery that was open stays chosen when it is closed.
  useEffect(() => {
    if (open !== undefined) setOwn(open);
  }, [open]);

  const move = (by: number) => {
    const at = rows.findIndex(({ id }) => id === chosen);
    const next = at === -1 ? 0 : Math.min(Math.max(0, at + by), rows.length - 1);
    const row = rows[next];
    if (!row) return;
    setOwn(row.id);
    show(next);
    if (open === undefined) return focusRow(row.id);
    void navigate({
      search: (search) => ({ ...search, open: row.id }),
      replace: true,
      // Closing the panel goes back to the same page as before.
      state: true,
      resetScroll: false,
    });
  };
  const retry = useRetryOfRow();
  useShortcuts({
    j: () => move(1),
    k: () => move(-1),
    r: () => retry(rows.find(({ id }) => id === chosen)),
  });
  return chosen;
}

function focusRow(id: string, frames = MOST_FRAMES): void {
  const link = document.querySelector<HTMLElement>(`[data-delivery="${CSS.escape(id)}"]`);
  if (link) return link.focus({ preventScroll: true });
  if (frames > 0) requestAnimationFrame(() => focusRow(id, frames - 1));
}

/** Says only that the retry was queued; the outcome appears in the row. */
function useRetryOfRow() {
  const toast = useToast();
  const mayRetry = useMay('deliveries:write');
  const { mutate } = useRetry({
    onQueued: ({ eventType }) =>
      toast.add({
        title: 'Queued to be sent again',
        description: `${eventType}: same id, same body. The outcome appears in its row.`,
      }),
  });
  return (delivery: DeliveryDocument | undefined) => {
    if (!delivery) return;
    const why = mayRetry ? whyNotRetryable(delivery) : 'Your role may not retry deliveries.';
    if (why !== undefined) return void toast.add({ title: 'Not sent again', description: why });
    mutate(delivery, {
      onError: (error) => toast.add({ title: 'Not sent again', description: error.message }),
    });
  };
}
