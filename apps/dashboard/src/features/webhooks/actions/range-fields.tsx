import { TextField } from '../../../ui/field.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { RANGES } from './replay-range.ts';
import type { useReplaySelection } from './use-replay-selection.ts';

type RangeFieldsProps = Pick<
  ReturnType<typeof useReplaySelection>,
  'range' | 'choose' | 'from' | 'setFrom' | 'to' | 'setTo'
>;

/** A common range, or two moments. */
export function RangeFields({ range, choose, from, setFrom, to, setTo }: RangeFieldsProps) {
  return (
    <div className="flex flex-col gap-3">
      <Segmented
        label="Time range"
        value={range}
        onChange={choose}
        choices={[...RANGES, { value: 'own', label: 'From … to' }]}
      />
      {range === 'own' && (
        <div className="grid gap-3 sm:grid-cols-2">
          <TextField
            label="Accepted from"
            type="datetime-local"
            value={from}
            onChange={({ target }) => setFrom(target.value)}
          />
          <TextField
            label="Accepted before"
            type="datetime-local"
            value={to}
            onChange={({ target }) => setTo(target.value)}
          />
        </div>
      )}
    </div>
  );
}
