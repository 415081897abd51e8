import type { StatsDocument, WebhookDocument } from '@schoolbell/api-client';
import type { ReactNode } from 'react';
import { Card } from '../../../ui/card.tsx';
import { count, counted, duration, percent } from '../../../ui/numbers.ts';
import { backlogInWords } from '../backlog-in-words.ts';

/** The last 24 hours, in four numbers. */
export function NumbersOfDay({
  webhook,
  stats,
}: {
  webhook: WebhookDocument;
  stats: StatsDocument;
}) {
  const { outcomes, successRate, responseTimeMs, backlog } = stats;
  const attempts = outcomes.delivered + outcomes.failed;
  return (
    <div className="grid grid-cols-2 gap-3 sm:gap-4 lg:grid-cols-4">
      <Tile
        label="Success rate, 24 h"
        value={successRate === null ? '–' : percent(successRate)}
        note={`of ${counted(attempts, 'attempt')}`}
      />
      <Tile
        label="Response time, p95"
        value={responseTimeMs === null ? '–' : duration(responseTimeMs.p95)}
        note={
          responseTimeMs === null
            ? 'no answers yet'
            : `p50 ${duration(responseTimeMs.p50)} · p99 ${duration(responseTimeMs.p99)}`
        }
      />
      <Tile
        label={webhook.status === 'paused' ? 'Held' : 'Waiting'}
        value={backlogInWords(backlog)}
        note={noteOfBacklog(webhook, backlog)}
      />
      <Tile
        label="Failed in a row"
        value={count(webhook.consecutiveFailures)}
        note={
          webhook.autoPauseAfter === 0
            ? 'never pauses itself'
            : `pauses itself at ${count(webhook.autoPauseAfter)}`
        }
      />
    </div>
  );
}

function noteOfBacklog({ status }: WebhookDocument, backlog: number): string {
  if (status === 'paused') return backlog === 0 ? 'nothing is held' : 'until it is resumed';
  return backlog === 0 ? 'nothing waits' : 'on their way';
}

function Tile({ label, value, note }: { label: string; value: ReactNode; note: ReactNode }) {
  return (
    <Card className="flex min-w-0 flex-col px-3 py-3 sm:px-4">
      <p className="truncate text-sm text-muted">{label}</p>
      <p className="text-3xl leading-9 font-semibold tabular-nums">{value}</p>
      <p className="truncate text-xs text-muted tabular-nums">{note}</p>
    </Card>
  );
}
