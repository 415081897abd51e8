import { getRouteApi } from '@tanstack/react-router';
import { lazy, useDeferredValue } from 'react';
import { Page } from '../../ui/page.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Time } from '../../ui/time.tsx';
import { useFirstSteps } from '../webhooks/first-steps/use-first-steps.ts';
import { Home } from './home.tsx';
import { HomeSkeleton } from './home-skeleton.tsx';
import { type Window, WINDOWS } from '../../ui/charts/attempts-slots.ts';
import { useHome } from './use-home.ts';

/** Needed once in a tenant's life: tenants with webhooks do not load it. */
const FirstSteps = lazy(async () => ({
  default: (await import('../webhooks/first-steps.tsx')).FirstSteps,
}));

const route = getRouteApi('/shell/');
const CHOICES = [
  { value: '24h', label: '24 h' },
  { value: '7d', label: '7 days' },
  { value: '30d', label: '30 days' },
] as const;

/** Answers one question: is everything all right? */
export function HomePage() {
  const chosen = route.useSearch().window;
  const navigate = route.useNavigate();
  const window = WINDOWS.find((one) => one === chosen) ?? '24h';
  const { stats, webhooks, groups, error, isPrevious, retry } = useHome(window);
  const isEmpty =
    webhooks?.length === 0 &&
    stats?.series.every(({ outcomes }) => outcomes.delivered + outcomes.failed === 0);
  const needsFirstSteps = useFirstSteps(isEmpty ? 0 : undefined);
  // Nothing of the page changes before their file is here.
  const isFirst = useDeferredValue(needsFirstSteps);
  const choose = (next: Window) =>
    void navigate({ search: { window: next === '24h' ? undefined : next }, replace: true });
  return (
    <Page
      title="Home"
      note={
        error ? (
          'Attempts could not be counted'
        ) : isFirst ? (
          'Begin with a webhook'
        ) : !stats || needsFirstSteps ? (
          'Attempts are being counted'
        ) : (
          <>
            Attempts counted until <Time at={stats.countedUntil} as="time" />
          </>
        )
      }
      actions={
        !isFirst && (
          <Segmented label="How far back" value={window} onChange={choose} choices={CHOICES} />
        )
      }
    >
      {error ? (
        <ProblemNote error={error} title="Home could not be loaded" onRetry={retry} />
      ) : isFirst ? (
        <FirstSteps />
      ) : !stats || !webhooks || !groups || needsFirstSteps ? (
        <HomeSkeleton />
      ) : (
        <div
          className={isPrevious ? 'opacity-60 transition-opacity' : undefined}
          aria-busy={isPrevious}
        >
          <Home {...{ stats, webhooks, groups, window }} />
        </div>
      )}
    </Page>
  );
}
