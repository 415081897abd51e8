import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { listAuditEntriesInfiniteOptions } from '@schoolbell/api-client/queries';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { PagedList } from '../paged-list.tsx';
import { BY_CURSOR } from '../../../app/api/by-cursor.ts';
import { AuditEntry } from './audit-entry.tsx';
import { AuditFilters } from './audit-filters.tsx';

/** Who changed what, when, and from where. */
export function AuditLogSection() {
  const { actor, action, resource, from, to } = useSearch({ from: '/shell/settings/{-$section}' });
  const query = { actor, action, resource, from, to };
  const list = useInfiniteQuery({
    ...listAuditEntriesInfiniteOptions({ query }),
    ...BY_CURSOR,
    placeholderData: keepPreviousData,
  });
  const entries = list.data?.pages.flatMap(({ data }) => data) ?? [];
  const isFiltered = Object.values(query).some((value) => value !== undefined);
  return (
    <>
      <AuditFilters />
      <PagedList list={list} loading="Loading the audit log">
        {entries.length === 0 ? (
          <EmptyState title={isFiltered ? 'No entry matches' : 'Nothing was changed yet'}>
            {isFiltered
              ? 'Remove a filter, or choose a longer time.'
              : 'Each change by a user, an API key or the platform is recorded here, and kept for a year.'}
          </EmptyState>
        ) : (
          <ol className="flex flex-col divide-y divide-line rounded-lg border border-line bg-surface">
            {entries.map((entry) => (
              <AuditEntry key={entry.id} entry={entry} />
            ))}
          </ol>
        )}
      </PagedList>
    </>
  );
}
