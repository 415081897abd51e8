import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { UsageDocument } from '@schoolbell/api-client';
import { getUsageOptions } from '@schoolbell/api-client/queries';
import { Section } from '../../../ui/card.tsx';
import { count } from '../../../ui/numbers.ts';
import { ProblemNote } from '../../../ui/problem-note.tsx';
import { SelectField } from '../../../ui/select-field.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { monthsUntil, monthWords } from './months.ts';

const MONTHS_SHOWN = 12;

/** A tenant's usage of a month, against its plan. */
export function UsageSection() {
  const { month } = useSearch({ from: '/shell/settings/{-$section}' });
  const navigate = useNavigate();
  const months = monthsUntil(new Date(), MONTHS_SHOWN);
  const chosen = month ?? months[0]!;
  const { data, error, refetch } = useQuery(getUsageOptions({ query: { month: chosen } }));
  const choose = (next: string) =>
    void navigate({
      to: '/settings/{-$section}',
      params: { section: 'usage' },
      search: { month: next === months[0] ? undefined : next },
    });
  return (
    <Section title="Usage" note="Months begin and end in UTC.">
      <div className="flex flex-col gap-5">
        <div className="w-56">
          <SelectField
            label="Month"
            value={chosen}
            onChange={choose}
            choices={[...new Set([...months, chosen])].map((value) => ({
              value,
              label: monthWords(value),
            }))}
          />
        </div>
        {!data && error && <ProblemNote error={error} onRetry={() => void refetch()} />}
        {!data && !error && <Skeleton className="h-44 w-full" label="Loading the usage" />}
        {data && <UsageFigures usage={data} />}
      </div>
    </Section>
  );
}

function UsageFigures({ usage }: { usage: UsageDocument }) {
  const { launches, limit, percent, events, deliveries } = usage;
  return (
    <div className="flex min-h-44 flex-col gap-5">
      <div className="flex flex-col gap-2">
        <p className="flex items-baseline gap-2">
          <span className="text-3xl font-semibold tabular-nums">{count(launches)}</span>
          <span className="text-muted">
            {limit === null ? 'launches; the plan has no limit' : `of ${count(limit)} launches`}
          </span>
        </p>
        {percent !== null && <PlanBar percent={percent} />}
      </div>
      <dl className="grid max-w-md grid-cols-2 gap-4">
        <Figure label="Events accepted" value={events} />
        <Figure label="Deliveries" value={deliveries} />
      </dl>
    </div>
  );
}

/** The tenant is told at 80 and at 100 %. */
function PlanBar({ percent }: { percent: number }) {
  const words =
    percent >= 100
      ? 'The plan is used up. Nothing stops: launches go on, and are counted.'
      : percent >= 80
        ? 'Most of the plan is used.'
        : 'Nothing stops at the limit: you are told at 80 % and at 100 %.';
  const color = percent >= 100 ? 'bg-bad-mark' : percent >= 80 ? 'bg-wait-mark' : 'bg-good-mark';
  return (
    <div className="flex max-w-xl flex-col gap-1.5">
      <div
        role="meter"
        aria-label="Launches of the plan"
        aria-valuenow={Math.min(100, percent)}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuetext={`${percent} %`}
        className="h-2.5 overflow-hidden rounded-full bg-calm-tint"
      >
        <div
          className={`h-full rounded-full ${color}`}
          style={{ width: `${Math.min(100, percent)}%` }}
        />
      </div>
      <p className="text-sm text-muted">
        <span className="font-medium text-ink tabular-nums">{percent} %</span> · {words}
      </p>
    </div>
  );
}

function Figure({ label, value }: { label: string; value: number }) {
  return (
    <div>
      <dt className="text-sm text-muted">{label}</dt>
      <dd className="text-xl font-semibold tabular-nums">{count(value)}</dd>
    </div>
  );
}
