import { Segmented } from '../../../ui/segmented.tsx';
import { CONTROL } from '../../../ui/control.ts';
import { cx } from '../../../ui/cx.ts';
import { fromLocalInput, isRange, RANGES, toLocalInput } from '../filters.ts';
import { useFilters } from '../use-filters.ts';

const CHOICES = [
  { value: 'any', label: 'Any time' },
  { value: '1h', label: '1 h' },
  { value: '24h', label: '24 h' },
  { value: '7d', label: '7 d' },
  { value: '30d', label: '30 d' },
  { value: 'custom', label: 'Custom' },
] as const;
type Choice = (typeof CHOICES)[number]['value'];

/** When deliveries were made: since how long ago, or between two moments. */
export function RangeFilter() {
  const { filters, change } = useFilters();
  const { from, to } = filters;
  const value: Choice =
    to !== undefined || (from !== undefined && !isRange(from))
      ? 'custom'
      : isRange(from)
        ? from
        : 'any';
  const choose = (next: Choice) => {
    if (next !== 'custom')
      return change({ from: next === 'any' ? undefined : next, to: undefined });
    // Starts with the range that was shown so far.
    const now = Date.now();
    const back = isRange(from) ? RANGES[from] : RANGES['24h'];
    change({ from: new Date(now - back).toISOString(), to: new Date(now).toISOString() });
  };
  return (
    <>
      <Segmented label="Made" value={value} onChange={choose} choices={CHOICES} />
      {value === 'custom' && (
        <div className="flex flex-wrap items-center gap-2">
          <Moment label="From" at={from} onChange={(at) => change({ from: at })} />
          <Moment label="Until" at={to} onChange={(at) => change({ to: at })} />
        </div>
      )}
    </>
  );
}

function Moment({
  label,
  at,
  onChange,
}: {
  label: string;
  at: string | undefined;
  onChange: (at: string | undefined) => void;
}) {
  return (
    <input
      type="datetime-local"
      aria-label={`${label}, in your time zone`}
      title={label}
      value={at === undefined ? '' : toLocalInput(at)}
      onChange={({ target }) => onChange(fromLocalInput(target.value))}
      className={cx(CONTROL, 'w-52 tabular-nums')}
    />
  );
}
