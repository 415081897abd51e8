import { Chart } from '../../ui/charts/chart.tsx';
import { LineKey, Legend } from '../../ui/charts/legend.tsx';
import { type Line, Lines } from '../../ui/charts/lines.tsx';
import { duration } from '../../ui/numbers.ts';
import type { AttemptsSlot, Window } from '../../ui/charts/attempts-slots.ts';

const HEIGHT = 110;
const LINES: readonly Line<AttemptsSlot>[] = [
  { label: 'p50', of: (slot) => slot.responseTimeMs?.p50 ?? null, className: 'text-phase-dns' },
  {
    label: 'p95',
    of: (slot) => slot.responseTimeMs?.p95 ?? null,
    className: 'text-phase-tls',
    dash: '6 3',
  },
  {
    label: 'p99',
    of: (slot) => slot.responseTimeMs?.p99 ?? null,
    className: 'text-phase-answer',
    dash: '1.5 3',
  },
];
const FIGURES = LINES.map(({ label, of }) => ({
  label,
  of: (slot: AttemptsSlot) => {
    const ms = of(slot);
    return ms === null ? 'nothing' : duration(ms);
  },
}));

/** How long receivers take to answer. */
export function ResponseTimesChart({ slots, window }: { slots: AttemptsSlot[]; window: Window }) {
  const highest = Math.max(10, ...slots.map(({ responseTimeMs }) => responseTimeMs?.p99 ?? 0));
  return (
    <Chart
      title={window === '24h' ? 'Response time' : 'Response time, slowest hour'}
      slots={slots}
      figures={FIGURES}
      height={HEIGHT}
      legend={
        <Legend>
          {LINES.map((line) => (
            <LineKey key={line.label} {...line} />
          ))}
        </Legend>
      }
    >
      {(plot) => <Lines plot={plot} lines={LINES} domain={[0, highest * 1.05]} format={duration} />}
    </Chart>
  );
}
