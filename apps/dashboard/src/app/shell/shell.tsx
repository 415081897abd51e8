import { Navigate, Outlet, useNavigate, useRouterState } from '@tanstack/react-router';
import { lazy, type ReactNode, Suspense, useEffect } from 'react';
import { PageLoading } from '../../ui/page-loading.tsx';
import { session } from '../api/session-of-page.ts';
import { useMe, useWatchingMe } from '../session/use-me.ts';
import { useSessionHolder, useSessionState } from '../session/use-session.ts';
import { useChosenTenant, useTenantId } from '../session/use-tenant.ts';
import { Header } from './header.tsx';
import { KeysHelp } from './keys-help.tsx';
import { NavigationMenu } from './navigation-menu.tsx';
import { TenantStrip } from '../../features/tenants/tenant-strip.tsx';

/** Needed once per user, if at all. */
const SecondFactorFirst = lazy(async () => ({
  default: (await import('../../features/settings/account/second-factor-first.tsx'))
    .SecondFactorFirst,
}));

/** The frame around every page of a signed-in user. */
export function Shell() {
  const state = useSessionState();
  const holder = useSessionHolder();
  const tenant = useChosenTenant();
  useLeavingWhenSignedOut();
  // A signed-out user's data must not stay on the screen.
  if (state === 'signed-out') return <PageLoading />;
  return (
    // Another user or tenant gets another page: nothing of the one before may stay.
    <Suspense key={`${holder} ${tenant}`} fallback={<PageLoading />}>
      <WhenSetUp>
        <div className="flex min-h-dvh flex-col">
          <a
            href="#content"
            className="sr-only focus:not-sr-only focus:absolute focus:z-20 focus:m-2 focus:rounded-md focus:bg-raised focus:px-3 focus:py-2"
          >
            Skip to the content
          </a>
          <Header />
          <TenantStrip />
          <KeysHelp />
          <div className="flex min-w-0 grow">
            <NavigationMenu className="sticky top-14 hidden h-[calc(100dvh-3.5rem)] w-54 shrink-0 overflow-y-auto border-r border-line p-3 md:block" />
            <main id="content" tabIndex={-1} className="min-w-0 grow outline-none">
              <Suspense fallback={<PageLoading />}>
                <PageOfTenant />
              </Suspense>
            </main>
          </div>
        </div>
      </WhenSetUp>
    </Suspense>
  );
}

/** Where the tenant requires a second factor, everything waits until the user has one. */
function WhenSetUp({ children }: { children: ReactNode }) {
  useWatchingMe();
  const { secondFactorMissing } = useMe();
  return secondFactorMissing ? <SecondFactorFirst /> : children;
}

/** Pages that a platform user can open without choosing a tenant. */
const OF_NO_TENANT = /^\/(tenants|settings)(\/|$)/;

/** A platform user chooses a tenant first. */
function PageOfTenant() {
  const tenantId = useTenantId();
  // The page that would be drawn: the location is ahead of it while the next page's file is loaded.
  const path = useRouterState({ select: ({ matches }) => matches.at(-1)?.pathname ?? '/' });
  if (tenantId === undefined && !OF_NO_TENANT.test(path)) return <Navigate to="/tenants" replace />;
  return <Outlet />;
}

/**
 * After signing out here, in another tab or elsewhere: to the login, which returns to this address unless the user
 * chose to leave.
 */
function useLeavingWhenSignedOut(): void {
  const state = useSessionState();
  const navigate = useNavigate();
  const here = useRouterState({ select: ({ location }) => location.href });
  useEffect(() => {
    // On the way there, `here` is already the sign-in page.
    if (state !== 'signed-out' || here.startsWith('/sign-in')) return;
    const to = here === '/' || session.ending === 'chosen' ? undefined : here;
    void navigate({ to: '/sign-in', search: { to } });
  }, [state, here, navigate]);
}
