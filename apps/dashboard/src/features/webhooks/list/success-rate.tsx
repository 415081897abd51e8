import { getWebhookStatsOptions } from '@schoolbell/api-client/queries';
import { useQuery } from '@tanstack/react-query';
import { count, percent } from '../../../ui/numbers.ts';
import { cx } from '../../../ui/cx.ts';
import { useSeen } from './use-seen.ts';

/** The share of delivered attempts in 24 h. Asked for once the row is visible. */
export function SuccessRate({ webhookId }: { webhookId: string }) {
  const [ref, seen] = useSeen<HTMLSpanElement>();
  const { data } = useQuery({
    ...getWebhookStatsOptions({ path: { id: webhookId } }),
    enabled: seen,
    staleTime: 60_000,
  });
  const attempts = data ? data.outcomes.delivered + data.outcomes.failed : 0;
  const rate = data?.successRate ?? null;
  return (
    <span
      ref={ref}
      title={data && (attempts === 0 ? 'No attempts in 24 h' : `Of ${count(attempts)} attempts`)}
      className={cx(rate === null && 'text-muted', rate !== null && rate < 0.9 && 'text-bad')}
    >
      {rate === null ? '–' : percent(rate)}
    </span>
  );
}
