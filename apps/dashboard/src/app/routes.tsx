import { createRootRoute, createRoute, redirect } from '@tanstack/react-router';
import { session } from './api/session-of-page.ts';
import { DELIVERY_FILTERS } from './delivery-filters.ts';
import { lazyPage } from './lazy-page.ts';
import { knownParams } from './search-params.ts';
import { FailedAlone } from '../ui/failed-alone.tsx';
import { PageMissing } from '../ui/page-missing.tsx';
import { loadMe } from './session/use-me.ts';
import { Shell } from './shell/shell.tsx';

/*
 * Pages are loaded when they are first gone to. After an upgrade the file of one may be gone: then the whole is loaded
 * anew, once. Pointing at a link does not do that, lest somebody lose what they were writing.
 */
const root = createRootRoute();

/** What everybody sees without signing in. */
const signIn = createRoute({
  getParentRoute: () => root,
  path: 'sign-in',
  validateSearch: knownParams('to'),
  component: lazyPage(() => import('../features/signing-in/sign-in-page.tsx'), 'SignInPage'),
  errorComponent: FailedAlone,
});
const forgottenPassword = createRoute({
  getParentRoute: () => root,
  path: 'forgotten-password',
  component: lazyPage(
    () => import('../features/signing-in/forgotten-password-page.tsx'),
    'ForgottenPasswordPage',
  ),
  errorComponent: FailedAlone,
});
const passwordReset = createRoute({
  getParentRoute: () => root,
  path: 'password-reset',
  component: lazyPage(
    () => import('../features/signing-in/password-reset-page.tsx'),
    'PasswordResetPage',
  ),
  errorComponent: FailedAlone,
});
const invitation = createRoute({
  getParentRoute: () => root,
  path: 'invitation',
  component: lazyPage(() => import('../features/signing-in/invitation-page.tsx'), 'InvitationPage'),
  errorComponent: FailedAlone,
});

/** Everything for signed-in users stands in the shell: header, menu, the box for any id. */
const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  beforeLoad: async ({ location }) => {
    // Without an answer (the API is away) the page is shown and says so itself.
    const token = await session.accessToken().catch(() => 'unknown');
    if (token !== undefined) return;
    const to = location.href === '/' ? undefined : location.href;
    throw redirect({ to: '/sign-in', search: { to } });
  },
  // Beside the file of the page. Were the shell to wait for it by itself, React would show that it does, and keep that
  // for 300 ms, however soon there is an answer.
  loader: loadMe,
  staleTime: Infinity,
  component: Shell,
  errorComponent: FailedAlone,
});

const home = createRoute({
  getParentRoute: () => shell,
  path: '/',
  // `window`: how far back the figures go.
  validateSearch: knownParams('window'),
  component: lazyPage(() => import('../features/home/home-page.tsx'), 'HomePage'),
});

const search = createRoute({
  getParentRoute: () => shell,
  path: 'search',
  validateSearch: knownParams('q'),
  component: lazyPage(() => import('../features/search/search-page.tsx'), 'SearchPage'),
});
/** The story of a learner, session, package or dispatch: the events that name it. */
const story = createRoute({
  getParentRoute: () => shell,
  path: 'story',
  validateSearch: knownParams(
    'learnerId',
    'sessionId',
    'packageId',
    'dispatchId',
    'from',
    'to',
    'open',
  ),
  component: lazyPage(() => import('../features/story/story-page.tsx'), 'StoryPage'),
});

const deliveries = createRoute({
  getParentRoute: () => shell,
  path: 'deliveries',
  // `open`, here and on other pages: the delivery whose panel is open.
  validateSearch: knownParams(...DELIVERY_FILTERS, 'open'),
  component: lazyPage(() => import('../features/deliveries/deliveries-page.tsx'), 'DeliveriesPage'),
});
const deadLetters = createRoute({
  getParentRoute: () => shell,
  path: 'dead-letters',
  // `operation`: the operation whose progress is shown.
  validateSearch: knownParams(
    'webhookId',
    'errorCode',
    'responseStatus',
    'type',
    'from',
    'to',
    'open',
    'operation',
  ),
  component: lazyPage(
    () => import('../features/dead-letters/dead-letters-page.tsx'),
    'DeadLettersPage',
  ),
});

const webhooks = createRoute({
  getParentRoute: () => shell,
  path: 'webhooks',
  validateSearch: knownParams('q', 'health'),
  component: lazyPage(() => import('../features/webhooks/webhooks-page.tsx'), 'WebhooksPage'),
});
const newWebhook = createRoute({
  getParentRoute: () => shell,
  path: 'webhooks/new',
  component: lazyPage(
    () => import('../features/webhooks/form/new-webhook-page.tsx'),
    'NewWebhookPage',
  ),
});
const webhook = createRoute({
  getParentRoute: () => shell,
  path: 'webhooks/$webhookId',
  // `operation`: the replay whose progress is shown.
  validateSearch: knownParams('tab', 'operation', 'open'),
  component: lazyPage(() => import('../features/webhooks/webhook-page.tsx'), 'WebhookPage'),
});
const editWebhook = createRoute({
  getParentRoute: () => shell,
  path: 'webhooks/$webhookId/edit',
  component: lazyPage(
    () => import('../features/webhooks/form/edit-webhook-page.tsx'),
    'EditWebhookPage',
  ),
});

const events = createRoute({
  getParentRoute: () => shell,
  path: 'events',
  validateSearch: knownParams(
    'q',
    'type',
    'from',
    'to',
    'unwanted',
    'sessionId',
    'packageId',
    'dispatchId',
    'learnerId',
  ),
  component: lazyPage(() => import('../features/events/events-page.tsx'), 'EventsPage'),
});
const refusedPosts = createRoute({
  getParentRoute: () => shell,
  path: 'events/refused',
  validateSearch: knownParams('q', 'code', 'open'),
  component: lazyPage(
    () => import('../features/refused-posts/refused-posts-page.tsx'),
    'RefusedPostsPage',
  ),
});
const event = createRoute({
  getParentRoute: () => shell,
  path: 'events/$eventId',
  validateSearch: knownParams('open'),
  component: lazyPage(() => import('../features/events/event-page.tsx'), 'EventPage'),
});

const guide = createRoute({
  getParentRoute: () => shell,
  path: 'guide/{-$topic}',
  validateSearch: knownParams('webhookId', 'format', 'language', 'type'),
  component: lazyPage(() => import('../features/guide/guide-page.tsx'), 'GuidePage'),
});

const settings = createRoute({
  getParentRoute: () => shell,
  path: 'settings/{-$section}',
  validateSearch: knownParams('actor', 'action', 'resource', 'from', 'to', 'month', 'operation'),
  component: lazyPage(() => import('../features/settings/settings-page.tsx'), 'SettingsPage'),
});
/** For platform users only. */
const tenants = createRoute({
  getParentRoute: () => shell,
  path: 'tenants',
  validateSearch: knownParams('q', 'edit'),
  component: lazyPage(() => import('../features/tenants/tenants-page.tsx'), 'TenantsPage'),
});

/** An unknown address: said inside the shell, so that the menu and the box for any id are at hand. */
const missing = createRoute({
  getParentRoute: () => shell,
  path: '$',
  component: PageMissing,
});

export const routeTree = root.addChildren([
  signIn,
  forgottenPassword,
  passwordReset,
  invitation,
  shell.addChildren([
    home,
    search,
    story,
    deliveries,
    deadLetters,
    webhooks,
    newWebhook,
    webhook,
    editWebhook,
    events,
    refusedPosts,
    event,
    guide,
    settings,
    tenants,
    missing,
  ]),
]);
