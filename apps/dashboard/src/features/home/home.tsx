import type {
  DeadLetterGroupsDocument,
  TenantStatsDocument,
  WebhookDocument,
} from '@schoolbell/api-client';
import { Button } from '../../ui/button.tsx';
import { counted } from '../../ui/numbers.ts';
import { useNow } from '../../ui/use-now.ts';
import { LargestGroups } from './largest-groups.tsx';
import { NeedsYou } from './needs-you.tsx';
import { needsOf } from './needs.ts';
import { ResponseTimesChart } from './response-times-chart.tsx';
import { RunningNow } from './running-now.tsx';
import { slotsOf, type Window } from '../../ui/charts/attempts-slots.ts';
import { StatTiles } from './stat-tiles.tsx';
import { SuccessChart } from './success-chart.tsx';
import { UsageOfMonth } from './usage-of-month.tsx';
import { useNeedsInSight } from './use-needs-in-sight.ts';
import { VerdictLine } from './verdict-line.tsx';
import { verdictOf } from './verdict.ts';
import { AttemptsChart } from '../../ui/charts/attempts-chart.tsx';

interface HomeProps {
  stats: TenantStatsDocument;
  webhooks: WebhookDocument[];
  groups: DeadLetterGroupsDocument;
  window: Window;
}

/** A sentence first, then the webhooks that need attention, then the figures. */
export function Home({ stats, webhooks, groups, window }: HomeProps) {
  const now = useNow();
  const needs = needsOf(webhooks, now);
  const inSight = useNeedsInSight(needs, webhooks);
  const deadLetters = groups.data.reduce((sum, group) => sum + group.count, 0);
  const verdict = verdictOf({
    needing: needs.filter(({ isUrgent }) => isUrgent).length,
    webhooks: webhooks.length,
    deadLetters,
    moreDeadLetters: !groups.complete,
    waiting: stats.backlog,
    attempts: stats.outcomes.delivered + stats.outcomes.failed,
  });
  const slots = slotsOf(stats.series, window);
  return (
    <div className="flex flex-col gap-4">
      <VerdictLine verdict={verdict}>
        {inSight.waiting > 0 && (
          <Button size="small" onClick={inSight.show}>
            Show {counted(inSight.waiting, 'webhook')}
          </Button>
        )}
      </VerdictLine>
      {inSight.rows.length > 0 && <NeedsYou needs={inSight.rows} />}
      <StatTiles stats={stats} deadLetters={deadLetters} groups={groups} />
      <AttemptsChart slots={slots} outcomes={stats.outcomes} window={window} />
      <div className="grid grid-cols-1 gap-4 lg:grid-cols-2">
        <SuccessChart slots={slots} />
        <ResponseTimesChart slots={slots} window={window} />
      </div>
      <div className="grid grid-cols-1 items-start gap-4 lg:grid-cols-2">
        <LargestGroups groups={groups} webhooks={webhooks} />
        <div className="flex min-w-0 flex-col gap-4">
          <UsageOfMonth />
          <RunningNow />
        </div>
      </div>
    </div>
  );
}
