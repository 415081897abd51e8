import { QueryClient } from '@tanstack/react-query';
import { ApiProblem } from './api-problem.ts';
import { chosenTenant } from './chosen-tenant.ts';
import { session } from './session-of-page.ts';

const MOST_TRIES = 2;
/** Key of this tab's session storage, which survives a reload. Its value is an id, not a secret. */
const HOLDER = 'schoolbell.holder';

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      retry: (count, error) => count < MOST_TRIES && error instanceof ApiProblem && error.isPassing,
      refetchOnWindowFocus: true,
    },
    mutations: { retry: false },
  },
});

/** When the user or the tenant changes, everything that the one before was shown is forgotten. */
session.subscribe(() => {
  const { state, holder } = session;
  if (state !== 'signed-in') return queryClient.clear();
  if (sessionStorage.getItem(HOLDER) === (holder ?? '')) return;
  sessionStorage.setItem(HOLDER, holder ?? '');
  chosenTenant.set(undefined);
});
chosenTenant.subscribe(() => queryClient.clear());
