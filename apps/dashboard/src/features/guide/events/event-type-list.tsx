import { Link } from '@tanstack/react-router';
import type { EventTypeDocument } from '@schoolbell/api-client';

const GROUPS: Record<string, string> = {
  session: 'Sessions',
  package: 'Packages',
  enrollment: 'Enrollments',
  user: 'Users',
  certificate: 'Certificates',
  competency: 'Competencies',
};

/**
 * The group of a type: by what its events are about; Schoolbell's own and the tenant's own types have groups of their
 * own.
 */
function groupOf({ name, owner, emittedBy }: EventTypeDocument): string {
  if (owner !== 'catalogue') return 'Registered beside the catalogue';
  if (emittedBy === 'schoolbell') return 'By Schoolbell itself';
  return GROUPS[name.split('.')[0]!] ?? 'Others';
}

interface EventTypeListProps {
  types: readonly EventTypeDocument[];
  chosen: string;
}

/** The types in groups, each a link to its description. */
export function EventTypeList({ types, chosen }: EventTypeListProps) {
  const groups = [...Map.groupBy(types, groupOf)];
  return (
    <nav aria-label="Event types" className="flex flex-col gap-4">
      {groups.map(([title, ofGroup]) => (
        <div key={title}>
          <h2 className="mb-1 px-2 text-xs font-medium text-muted">{title}</h2>
          <ul>
            {ofGroup.map(({ name }) => (
              <li key={name}>
                <Link
                  to="/guide/{-$topic}"
                  params={{ topic: 'events' }}
                  search={(now) => ({ ...now, type: name })}
                  replace
                  resetScroll={false}
                  aria-current={name === chosen ? 'page' : undefined}
                  title={name}
                  className="block truncate rounded-md px-2 py-1 font-mono text-sm text-muted hover:bg-hover hover:text-ink aria-[current=page]:bg-calm-tint aria-[current=page]:text-ink"
                >
                  {name}
                </Link>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}
