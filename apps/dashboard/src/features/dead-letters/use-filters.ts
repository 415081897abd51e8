import { getRouteApi } from '@tanstack/react-router';
import type { Filters } from './selection.ts';

export const deadLettersRoute = getRouteApi('/shell/dead-letters');

/** What narrows the page, from its address; a change replaces it, and leaves all else of the address alone. */
export function useFilters(): [Filters, (changes: Filters) => void] {
  const { webhookId, errorCode, responseStatus, type, from, to } = deadLettersRoute.useSearch();
  const navigate = deadLettersRoute.useNavigate();
  const change = (changes: Filters) =>
    void navigate({ search: (search) => ({ ...search, ...changes }), resetScroll: false });
  return [{ webhookId, errorCode, responseStatus, type, from, to }, change];
}

/** As the lists of the API take them. */
export function queryOf({ errorCode, responseStatus, ...rest }: Filters) {
  return {
    ...rest,
    // A code or status that there is not is refused by the API, which says so on the page.
    errorCode: errorCode as 'http_status' | undefined,
    responseStatus: responseStatus === undefined ? undefined : Number(responseStatus),
  };
}
