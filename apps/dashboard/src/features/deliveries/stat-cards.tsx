import { Link } from '@tanstack/react-router';
import { useQuery } from '@tanstack/react-query';
import type { TenantStatsDocument } from '@schoolbell/api-client';
import { getStatsOptions, listDeadLetterGroupsOptions } from '@schoolbell/api-client/queries';
import type { ReactNode } from 'react';
import { Card } from '../../ui/card.tsx';
import { count, counted, duration, percent } from '../../ui/numbers.ts';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Time } from '../../ui/time.tsx';

const ASK_EVERY_MS = 30_000;

/** The overall figures, and until when they were counted. */
export function StatCards() {
  const stats = useQuery({
    ...getStatsOptions({ query: { window: '24h' } }),
    refetchInterval: ASK_EVERY_MS,
  });
  const dead = useDeadLetters();
  if (stats.error && !stats.data) {
    return (
      <ProblemNote
        error={stats.error}
        title="The figures could not be loaded"
        onRetry={() => void stats.refetch()}
      />
    );
  }
  const { data } = stats;
  const attempts = data && data.outcomes.delivered + data.outcomes.failed;
  const times = data?.responseTimeMs;
  return (
    <div className="flex flex-col gap-1.5">
      <div className="grid grid-cols-2 gap-3 sm:gap-4 lg:grid-cols-4">
        <Stat
          label="Success rate, 24 h"
          note={attempts !== undefined && `of ${counted(attempts, 'attempt')}`}
        >
          {data && (data.successRate === null ? '–' : percent(data.successRate))}
        </Stat>
        <Stat
          label="Response time, p95"
          note={
            data &&
            (times ? `p50 ${duration(times.p50)} · p99 ${duration(times.p99)}` : 'no answers yet')
          }
        >
          {data && (times ? duration(times.p95) : '–')}
        </Stat>
        <Stat
          label="Waiting"
          note={data && (data.backlog > 0 ? 'waiting or held, now' : 'nothing waits')}
        >
          {data && count(data.backlog)}
        </Stat>
        <Stat
          label="Dead letters"
          note={
            dead && (
              <Link to="/dead-letters" className="text-link hover:underline">
                {dead.total === 0
                  ? 'nothing was given up'
                  : `of ${counted(dead.webhooks, 'webhook')}`}
              </Link>
            )
          }
        >
          {dead && `${dead.complete ? '' : '≥ '}${count(dead.total)}`}
        </Stat>
      </div>
      <Counted stats={data} />
    </div>
  );
}

/** Until when the figures were counted. */
function Counted({ stats }: { stats: TenantStatsDocument | undefined }) {
  return (
    <p className="h-5 text-xs text-muted">
      {stats && (
        <>
          Attempts of the last 24 hours, counted until <Time at={stats.countedUntil} as="time" />.
        </>
      )}
    </p>
  );
}

function useDeadLetters() {
  const { data } = useQuery({
    // The same query as the menu's.
    ...listDeadLetterGroupsOptions({ query: { by: 'webhook,error' } }),
    staleTime: 30_000,
  });
  return (
    data && {
      total: data.data.reduce((sum, group) => sum + group.count, 0),
      webhooks: new Set(data.data.map(({ webhookId }) => webhookId)).size,
      complete: data.complete,
    }
  );
}

function Stat({
  label,
  note,
  children,
}: {
  label: string;
  note?: ReactNode;
  /** Undefined while it loads. */
  children?: ReactNode;
}) {
  return (
    <Card className="flex min-w-0 flex-col px-3 py-3 sm:px-4" aria-label={label}>
      <p className="truncate text-sm text-muted">{label}</p>
      <div className="h-9 text-3xl leading-9 font-semibold tabular-nums">
        {children ?? <Skeleton className="mt-1 h-7 w-20" label={`Loading ${label}`} />}
      </div>
      <p className="h-5 truncate text-xs text-muted tabular-nums">{note}</p>
    </Card>
  );
}
