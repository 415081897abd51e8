import { Outlet, useNavigate, useRouterState } from '@tanstack/react-router';
import { Suspense, useEffect, useSyncExternalStore } from 'react';
import { PageLoading } from '../../ui/page-loading.tsx';
import { chosenTenant } from '../api/chosen-tenant.ts';
import { useSessionState } from '../session/use-session.ts';
import { Header } from './header.tsx';
import { NavigationMenu } from './navigation-menu.tsx';

/** What stands around every page of somebody who signed in. */
export function Shell() {
  useLeavingWhenSignedOut();
  const tenant = useSyncExternalStore(chosenTenant.subscribe, chosenTenant.get);
  return (
    // Another tenant is another page: nothing of the one before it may stay.
    <Suspense key={tenant} fallback={<PageLoading />}>
      <div className="flex min-h-dvh flex-col">
        <a
          href="#content"
          className="sr-only focus:not-sr-only focus:absolute focus:z-20 focus:m-2 focus:rounded-md focus:bg-raised focus:px-3 focus:py-2"
        >
          Skip to the content
        </a>
        <Header />
        <div className="flex min-w-0 grow">
          <NavigationMenu className="sticky top-14 hidden h-[calc(100dvh-3.5rem)] w-54 shrink-0 overflow-y-auto border-r border-line p-3 md:block" />
          <main id="content" tabIndex={-1} className="min-w-0 grow outline-none">
            <Suspense fallback={<PageLoading />}>
              <Outlet />
            </Suspense>
          </main>
        </div>
      </div>
    </Suspense>
  );
}

/** Signed out here, in another tab, or from elsewhere: to the login, which comes back to this address. */
function useLeavingWhenSignedOut(): void {
  const state = useSessionState();
  const navigate = useNavigate();
  const here = useRouterState({ select: ({ location }) => location.href });
  useEffect(() => {
    if (state !== 'signed-out') return;
    void navigate({ to: '/sign-in', search: { to: here === '/' ? undefined : here } });
  }, [state, here, navigate]);
}
