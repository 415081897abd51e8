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

/** Starts a background operation and puts its id into the address, so that a reload shows its progress again. */
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

/** Repeats the queries that a retry or a discard changes. */
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

/** What the signed-in user may do with dead letters. The platform's support may retry but not discard. */
export function useMayAct(): Record<Action, boolean> {
  const { role } = useMe();
  const may = useMay('deliveries:write');
  return { retry: may, discard: may && role !== 'platform_support' };
}
