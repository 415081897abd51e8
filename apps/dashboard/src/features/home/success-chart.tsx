import { Chart } from '../../ui/charts/chart.tsx';
import { LineKey, Legend } from '../../ui/charts/legend.tsx';
import { type Line, Lines } from '../../ui/charts/lines.tsx';
import { percent } from '../../ui/numbers.ts';
import type { AttemptsSlot } from '../../ui/charts/attempts-slots.ts';

const HEIGHT = 110;
const LINE: Line<AttemptsSlot> = {
  label: 'delivered of all attempts',
  of: ({ successRate }) => successRate,
  className: 'text-good-mark',
};
const FIGURES = [
  {
    label: 'delivered',
    of: ({ successRate }: AttemptsSlot) =>
      successRate === null ? 'nothing' : percent(successRate),
  },
];

/** The share of attempts that were delivered. */
export function SuccessChart({ slots }: { slots: AttemptsSlot[] }) {
  const lowest = Math.min(1, ...slots.map(({ successRate }) => successRate ?? 1));
  // The differences are in the top tenth, unless the line goes below it.
  const bottom = Math.min(0.9, Math.floor(lowest * 10) / 10);
  return (
    <Chart
      title="Success rate"
      slots={slots}
      figures={FIGURES}
      height={HEIGHT}
      legend={
        <Legend>
          <LineKey {...LINE} />
        </Legend>
      }
    >
      {(plot) => <Lines plot={plot} lines={[LINE]} domain={[bottom, 1]} format={percent} />}
    </Chart>
  );
}
