import { visible } from '../../../../ui/visible.ts';

/** Headers as they went over the wire, one per line. */
export function Headers({ label, headers }: { label: string; headers: Record<string, string> }) {
  const entries = Object.entries(headers);
  if (entries.length === 0) return <p className="text-sm text-muted">No headers are kept.</p>;
  return (
    <dl aria-label={label} className="flex flex-col gap-0.5 font-mono text-xs leading-relaxed">
      {entries.map(([name, value]) => (
        <div key={name} className="break-all">
          <dt className="inline text-muted">{visible(name)}: </dt>
          <dd className="inline">
            <bdi>{visible(value)}</bdi>
          </dd>
        </div>
      ))}
    </dl>
  );
}
