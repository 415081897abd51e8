import { Link, type LinkProps } from '@tanstack/react-router';
import type { DeadLetterGroupsDocument, TenantStatsDocument } from '@schoolbell/api-client';
import type { ReactNode } from 'react';
import { count, counted, duration, percent } from '../../ui/numbers.ts';

interface StatTilesProps {
  stats: TenantStatsDocument;
  deadLetters: number;
  groups: DeadLetterGroupsDocument;
}

/** The four most important figures. */
export function StatTiles({ stats, deadLetters, groups }: StatTilesProps) {
  const { outcomes, successRate, responseTimeMs, backlog } = stats;
  const webhooks = new Set(groups.data.map(({ webhookId }) => webhookId)).size;
  return (
    <dl className="grid grid-cols-2 gap-3 sm:gap-4 lg:grid-cols-4">
      <Tile
        label="Success rate"
        value={successRate === null ? '–' : percent(successRate)}
        note={`of ${counted(outcomes.delivered + outcomes.failed, 'attempt')}`}
      />
      <Tile
        label="Response time, p95"
        value={responseTimeMs ? duration(responseTimeMs.p95) : '–'}
        note={
          responseTimeMs
            ? `p50 ${duration(responseTimeMs.p50)} · p99 ${duration(responseTimeMs.p99)}`
            : 'no answers yet'
        }
      />
      <Tile
        label="Waiting"
        value={count(backlog)}
        note={backlog > 0 ? 'waiting or held, now' : 'nothing waits'}
        to={{ to: '/deliveries', search: { status: 'pending' } }}
      />
      <Tile
        label="Dead letters"
        value={`${groups.complete ? '' : '≥ '}${count(deadLetters)}`}
        note={deadLetters === 0 ? 'nothing was given up' : `of ${counted(webhooks, 'webhook')}`}
        to={{ to: '/dead-letters' }}
      />
    </dl>
  );
}

interface TileProps {
  label: string;
  value: string;
  note: ReactNode;
  /** The list behind the figure. */
  to?: LinkProps;
}

function Tile({ label, value, note, to }: TileProps) {
  return (
    <div className="relative flex flex-col rounded-lg border border-line bg-surface px-3 py-3 sm:px-4 has-[a]:hover:bg-hover">
      <dt className="truncate text-sm text-muted">
        {to ? (
          <Link {...to} className="after:absolute after:inset-0 after:rounded-lg">
            {label}
          </Link>
        ) : (
          label
        )}
      </dt>
      <dd className="truncate text-3xl leading-9 font-semibold tabular-nums">{value}</dd>
      <dd className="truncate text-xs text-muted tabular-nums">{note}</dd>
    </div>
  );
}
