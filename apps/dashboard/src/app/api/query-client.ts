import { QueryClient } from '@tanstack/react-query';
import { ApiProblem } from './api-problem.ts';
import { chosenTenant } from './chosen-tenant.ts';
import { session } from './session-of-page.ts';

const MOST_TRIES = 2;

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

/** What one person or tenant was shown is not shown to the next. */
session.subscribe(() => {
  if (session.state !== 'signed-in') queryClient.clear();
});
chosenTenant.subscribe(() => queryClient.clear());
