import { useQuery } from '@tanstack/react-query';
import { listEventTypesOptions } from '@schoolbell/api-client/queries';
import { Select } from '../../../ui/select.tsx';
import { useFilters } from '../use-filters.ts';

/** One type of event. */
export function TypeFilter() {
  const { filters, change } = useFilters();
  const { data } = useQuery({
    ...listEventTypesOptions({ query: { limit: 100 } }),
    staleTime: Infinity,
  });
  const types = data?.data.map(({ type }) => type) ?? [];
  const chosen = filters.type ?? '';
  const all = chosen === '' || types.includes(chosen) ? types : [chosen, ...types];
  return (
    <Select
      label="Event type"
      className="w-full min-w-0 lg:w-48"
      value={chosen}
      onChange={(value) => change({ type: value || undefined })}
      choices={[
        { value: '', label: 'Every type' },
        ...all.map((type) => ({ value: type, label: type })),
      ]}
    />
  );
}
