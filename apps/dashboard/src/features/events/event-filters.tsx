import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { listEventTypesOptions } from '@schoolbell/api-client/queries';
import { X } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { inZone } from '../../ui/instants.ts';
import { Segmented } from '../../ui/segmented.tsx';
import { type Choice, Select } from '../../ui/select.tsx';
import { IdFilter } from './id-filter.tsx';
import { beginOf, RANGES, type RangeValue } from './ranges.ts';
import { SUBJECT_NAMES, SUBJECTS } from './subjects.ts';
import { visible } from '../../ui/visible.ts';

/** The page's parameters, and a function to change them: typing adds no entries to the history. */
export function useEventFilters() {
  const search = useSearch({ from: '/shell/events' });
  const navigate = useNavigate({ from: '/events' });
  const change = (some: Partial<typeof search>) =>
    void navigate({ search: (before) => ({ ...before, ...some }), replace: true });
  return { search, change };
}

/** The filters of the list of events; all of them are in the address. */
export function EventFilters() {
  const { search, change } = useEventFilters();
  const subjects = SUBJECT_NAMES.filter((name) => search[name] !== undefined);
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-2">
        <Segmented
          label="Which events"
          value={search.unwanted === 'true' ? 'unwanted' : 'all'}
          onChange={(value) => change({ unwanted: value === 'unwanted' ? 'true' : undefined })}
          choices={[
            { value: 'all', label: 'All' },
            { value: 'unwanted', label: 'Unwanted' },
          ]}
        />
        <TypeFilter value={search.type ?? ''} onChange={(type) => change({ type })} />
        <RangeFilter
          from={search.from}
          to={search.to}
          onChange={(from) => change({ from, to: undefined })}
        />
        <IdFilter
          value={search.q ?? ''}
          onChange={(q) => change({ q })}
          placeholder="An id, in full"
        />
      </div>
      {subjects.length > 0 && (
        <div className="flex flex-wrap gap-2">
          {subjects.map((name) => (
            <Button
              key={name}
              size="small"
              className="max-w-full"
              aria-label={`Remove the filter ${SUBJECTS[name]} ${visible(search[name]!)}`}
              onClick={() => change({ [name]: undefined })}
            >
              <span className="text-muted">{SUBJECTS[name]}</span>
              <bdi className="truncate font-mono text-xs" title={visible(search[name]!)}>
                {visible(search[name]!)}
              </bdi>
              <X aria-hidden className="size-3.5 shrink-0 text-muted" />
            </Button>
          ))}
        </div>
      )}
    </div>
  );
}

function TypeFilter({ value, onChange }: { value: string; onChange: (type?: string) => void }) {
  const { data } = useQuery({
    ...listEventTypesOptions({ query: { limit: 100 } }),
    staleTime: 300_000,
  });
  const names = data?.data.map(({ name }) => name) ?? [];
  const known = value === '' || names.includes(value) ? names : [value, ...names];
  const choices: Choice<string>[] = known.map((name) => ({ value: name, label: name }));
  return (
    <Select
      label="Type"
      className="max-sm:flex-1"
      value={value}
      onChange={(type) => onChange(type || undefined)}
      choices={[{ value: '', label: 'Every type' }, ...choices]}
    />
  );
}

interface RangeFilterProps {
  from: string | undefined;
  to: string | undefined;
  onChange: (from: string | undefined) => void;
}

/** An address may name any range, which is then shown as it is. */
function RangeFilter({ from, to, onChange }: RangeFilterProps) {
  const [now] = useState(Date.now);
  const chosen = to === undefined && RANGES.find(({ value }) => beginOf(value, now) === from);
  const own = [from && `from ${inZone(from, 'day')}`, to && `to ${inZone(to, 'day')}`];
  const value: RangeValue | 'own' = chosen ? chosen.value : 'own';
  const choices: Choice<RangeValue | 'own'>[] = [
    ...RANGES.map(({ value: one, label }) => ({ value: one, label })),
    ...(value === 'own' ? [{ value, label: own.filter(Boolean).join(' ') }] : []),
  ];
  return (
    <Select
      label="Accepted"
      className="max-sm:flex-1"
      value={value}
      onChange={(next) => next !== 'own' && onChange(beginOf(next, now))}
      choices={choices}
    />
  );
}
