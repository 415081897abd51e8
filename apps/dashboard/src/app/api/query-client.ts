import { QueryClient } from '@tanstack/react-query';
import { ApiProblem } from './api-problem.ts';
import { chosenTenant } from './chosen-tenant.ts';
import { session } from './session-of-page.ts';

const MOST_TRIES = 2;
/** Of this tab, also after it was loaded anew: an id, and no secret. */
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

/** What one person or tenant was shown is not shown to the next, nor is the tenant that they looked at. */
session.subscribe(() => {
  const { state, holder } = session;
  if (state !== 'signed-in') return queryClient.clear();
  if (sessionStorage.getItem(HOLDER) === (holder ?? '')) return;
  sessionStorage.setItem(HOLDER, holder ?? '');
  chosenTenant.set(undefined);
});
chosenTenant.subscribe(() => queryClient.clear());
