import type { Figure, Slot } from './slot.ts';

interface ChartTableProps<Data extends Slot> {
  title: string;
  slots: readonly Data[];
  figures: readonly Figure<Data>[];
}

/** A chart's figures as a table, for those who cannot see it. */
export function ChartTable<Data extends Slot>({ title, slots, figures }: ChartTableProps<Data>) {
  return (
    <div className="sr-only">
      <table aria-label={`${title}, as a table`}>
        <thead>
          <tr>
            <th scope="col">When</th>
            {figures.map(({ label }) => (
              <th key={label} scope="col">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {slots.map((slot) => (
            <tr key={slot.at}>
              <th scope="row">{slot.name}</th>
              {figures.map(({ label, of }) => (
                <td key={label}>{of(slot)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
