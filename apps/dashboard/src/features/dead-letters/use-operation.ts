import { useMutation, useQueryClient } from '@tanstack/react-query';
import {
  discardDeadLetters,
  retryDeadLetters,
  type SelectDeadLetters,
} from '@schoolbell/api-client';
import { useMay, useMe } from '../../app/session/use-me.ts';
import { deadLettersRoute } from './use-filters.ts';

type Action = 'retry' | 'discard';

interface Start {
  action: Action;
  selection: SelectDeadLetters;
}

/** Starts what goes on in the background, and has its progress in the address: a reload shows it again. */
export function useStartOperation() {
  const navigate = deadLettersRoute.useNavigate();
  const refresh = useRefresh();
  return useMutation({
    mutationFn: ({ action, selection: body }: Start) =>
      action === 'retry' ? retryDeadLetters({ body }) : discardDeadLetters({ body }),
    onSuccess: async ({ id }) => {
      await navigate({ search: (search) => ({ ...search, operation: id }), resetScroll: false });
      await refresh();
    },
  });
}

/** Asks anew for what a retry or a discard changes. */
export function useRefresh(): () => Promise<void> {
  const client = useQueryClient();
  return async () => {
    await Promise.all(
      ['listDeadLetterGroups', 'listDeadLetters', 'listOperations'].map((_id) =>
        client.invalidateQueries({ queryKey: [{ _id }] }),
      ),
    );
  };
}

/** What whoever has signed in may do with dead letters. The platform's support retries, but discards nothing. */
export function useMayAct(): Record<Action, boolean> {
  const { role } = useMe();
  const may = useMay('deliveries:write');
  return { retry: may, discard: may && role !== 'platform_support' };
}
