import { useQuery } from '@tanstack/react-query';
import { listDeadLetterGroupsOptions } from '@schoolbell/api-client/queries';
import { count, shortCount } from '../../ui/numbers.ts';

/** The number of dead letters beside the page's name; nothing at zero. */
export function MenuCount() {
  const { data } = useQuery({
    ...listDeadLetterGroupsOptions({ query: { by: 'webhook,error' } }),
    staleTime: 30_000,
  });
  const total = data?.data.reduce((sum, group) => sum + group.count, 0) ?? 0;
  if (total === 0) return null;
  return (
    <span
      title={`${count(total)} dead letters`}
      className="rounded-full bg-bad-tint px-1.5 text-xs font-medium text-bad tabular-nums"
    >
      {shortCount(total)}
    </span>
  );
}
