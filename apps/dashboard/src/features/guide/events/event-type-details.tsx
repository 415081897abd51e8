import { Link } from '@tanstack/react-router';
import type { EventTypeDocument } from '@schoolbell/api-client';
import { Badge } from '../../../ui/badge.tsx';
import { Code } from '../../../ui/code.tsx';
import { FieldsTable } from './fields-table.tsx';
import { visible } from '../../../ui/visible.ts';

/** One event type: its meaning, its fields, an example, and a link to its request. */
export function EventTypeDetails({ type }: { type: EventTypeDocument }) {
  const { name, description, owner, version, emittedBy, schema, example, examples } = type;
  return (
    <article className="flex min-w-0 flex-col gap-4" aria-label={name}>
      <div>
        <div className="flex flex-wrap items-center gap-2">
          <h2 className="font-mono text-lg font-semibold break-all">{name}</h2>
          {emittedBy === 'schoolbell' && <Badge tone="calm">By Schoolbell itself</Badge>}
          {owner !== 'catalogue' && <Badge tone="calm">{`Version ${version}`}</Badge>}
        </div>
        <p dir="auto" className="break-words text-muted">
          {visible(description)}
        </p>
      </div>
      <FieldsTable schema={schema} label={`Fields of ${name}`} />
      <section className="flex flex-col gap-2">
        <h3 className="font-semibold">Example of its data</h3>
        <Code
          text={JSON.stringify(example, null, 2)}
          label={`the example of ${name}`}
          wrap={false}
          maxHeight="none"
        />
      </section>
      <p className="text-sm text-muted">
        {examples.length === 0 ? 'No format carries it. ' : 'On the wire, in the format '}
        {examples.map(({ format }, index) => (
          <span key={format}>
            {index > 0 && ', '}
            <Link
              to="/guide/{-$topic}"
              params={{ topic: 'formats' }}
              search={(now) => ({ ...now, type: name, format })}
              className="text-link underline underline-offset-2"
            >
              {format}
            </Link>
          </span>
        ))}
      </p>
    </article>
  );
}
