import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { UsageDocument } from '@schoolbell/api-client';
import { getUsageOptions } from '@schoolbell/api-client/queries';
import { useMay } from '../../app/session/use-me.ts';
import { Section } from '../../ui/card.tsx';
import { cx } from '../../ui/cx.ts';
import { count, counted, percent } from '../../ui/numbers.ts';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';

const MONTH = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' });

/** Launches of the month against the plan. */
export function UsageOfMonth() {
  const mayRead = useMay('usage:read');
  const { data, error, refetch } = useQuery({ ...getUsageOptions(), enabled: mayRead });
  if (!mayRead) return null;
  return (
    <Section
      title="Usage"
      actions={
        <Link
          to="/settings/{-$section}"
          params={{ section: 'usage' }}
          className="text-sm text-link hover:underline"
        >
          All months
        </Link>
      }
    >
      {error && !data ? (
        <ProblemNote
          error={error}
          title="The usage could not be loaded"
          onRetry={() => void refetch()}
        />
      ) : data ? (
        <Usage usage={data} />
      ) : (
        <Skeleton className="h-18" label="Loading the usage" />
      )}
    </Section>
  );
}

function Usage({
  usage: { month, launches, limit, percent: used, events, deliveries },
}: {
  usage: UsageDocument;
}) {
  const full = used !== null && used >= 100;
  return (
    <div
      className={cx('flex h-18 flex-col gap-1 tabular-nums', used !== null && 'justify-between')}
    >
      <p>
        <span className="font-medium">{count(launches)}</span>
        {limit === null
          ? ` launches in ${nameOf(month)}, without a limit`
          : ` of ${counted(limit, 'launch', 'launches')} in ${nameOf(month)}`}
        {used !== null && `, ${percent(used / 100)}`}
      </p>
      {/* Without a limit, a bar would have no end. */}
      {used !== null && (
        <div aria-hidden className="h-2 overflow-hidden rounded-full bg-calm-tint">
          <div
            className={cx('h-full rounded-full', full ? 'bg-bad-mark' : 'bg-accent')}
            style={{ width: `${Math.min(100, used)}%` }}
          />
        </div>
      )}
      <p className="text-sm text-muted">
        {full && 'Nothing is refused beyond it. '}
        {counted(events, 'event')} accepted, {counted(deliveries, 'delivery', 'deliveries')} made
      </p>
    </div>
  );
}

const nameOf = (month: string): string => MONTH.format(new Date(`${month}-01T00:00:00Z`));
