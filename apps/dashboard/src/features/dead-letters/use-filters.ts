import { getRouteApi } from '@tanstack/react-router';
import type { Filters } from './selection.ts';

export const deadLettersRoute = getRouteApi('/shell/dead-letters');

/** The page's filters, from its address. A change replaces the address and keeps its other parameters. */
export function useFilters(): [Filters, (changes: Filters) => void] {
  const { webhookId, errorCode, responseStatus, type, from, to } = deadLettersRoute.useSearch();
  const navigate = deadLettersRoute.useNavigate();
  const change = (changes: Filters) =>
    void navigate({ search: (search) => ({ ...search, ...changes }), resetScroll: false });
  return [{ webhookId, errorCode, responseStatus, type, from, to }, change];
}

/** In the form that the API's lists take. */
export function queryOf({ errorCode, responseStatus, ...rest }: Filters) {
  return {
    ...rest,
    // The API refuses an unknown code or status, and the page shows its message.
    errorCode: errorCode as 'http_status' | undefined,
    responseStatus: responseStatus === undefined ? undefined : Number(responseStatus),
  };
}
