import { createRouter } from '@tanstack/react-router';
import { PageFailed } from '../ui/page-failed.tsx';
import { PageMissing } from '../ui/page-missing.tsx';
import { PageLoading } from '../ui/page-loading.tsx';
import { BASE } from './api/session-of-page.ts';
import { routeTree } from './routes.tsx';
import { parseSearch, stringifySearch } from './search-params.ts';

export const router = createRouter({
  routeTree,
  basepath: BASE || '/',
  parseSearch,
  stringifySearch,
  defaultPreload: 'intent',
  defaultPendingMs: 300,
  defaultPendingComponent: PageLoading,
  defaultErrorComponent: PageFailed,
  defaultNotFoundComponent: PageMissing,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
