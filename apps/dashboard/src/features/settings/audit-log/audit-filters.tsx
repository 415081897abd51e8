import { useNavigate, useSearch } from '@tanstack/react-router';
import { X } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../../ui/button.tsx';
import { TextField } from '../../../ui/field.tsx';
import { SelectField } from '../../../ui/select-field.tsx';
import { ACTION_CHOICES } from './action-words.ts';

const HOURS_MS = 3_600_000;
const RANGES = [
  { value: '', label: 'Any time' },
  { value: '24', label: 'Last 24 hours' },
  { value: '168', label: 'Last 7 days' },
  { value: '720', label: 'Last 30 days' },
] as const;

type Filter = 'actor' | 'action' | 'resource' | 'from' | 'to';

/** The filters; all of them are in the address. */
export function AuditFilters() {
  const search = useSearch({ from: '/shell/settings/{-$section}' });
  const navigate = useNavigate();
  const [range, setRange] = useState('');
  const change = (next: Partial<Record<Filter, string | undefined>>) =>
    void navigate({
      to: '/settings/{-$section}',
      params: { section: 'audit-log' },
      search: { ...search, ...next },
      replace: true,
    });
  const chooseRange = (hours: string) => {
    setRange(hours);
    const from = new Date(Date.now() - Number(hours) * HOURS_MS).toISOString();
    change({ from: hours === '' ? undefined : from, to: undefined });
  };
  const { actor, action, resource, from, to } = search;
  const isFiltered = [actor, action, resource, from, to].some((value) => value !== undefined);
  const clear = () => {
    setRange('');
    change({
      actor: undefined,
      action: undefined,
      resource: undefined,
      from: undefined,
      to: undefined,
    });
  };
  return (
    <div className="grid grid-cols-2 items-end gap-3 sm:flex sm:flex-wrap">
      <SelectField
        label="What"
        className="sm:w-52"
        value={action ?? ''}
        onChange={(value) => change({ action: value || undefined })}
        choices={withChosen(ACTION_CHOICES, action)}
      />
      <SelectField
        label="When"
        className="sm:w-40"
        value={from === undefined ? '' : range}
        onChange={chooseRange}
        choices={RANGES}
      />
      <IdFilter
        label="Who (id)"
        value={actor}
        placeholder="usr_…"
        onChange={(value) => change({ actor: value })}
      />
      <IdFilter
        label="Of what (id)"
        value={resource}
        placeholder="wh_…"
        onChange={(value) => change({ resource: value })}
      />
      {isFiltered && (
        <Button look="quiet" icon={<X aria-hidden className="size-4" />} onClick={clear}>
          Clear
        </Button>
      )}
    </div>
  );
}

interface IdFilterProps {
  label: string;
  value: string | undefined;
  placeholder: string;
  onChange: (value: string | undefined) => void;
}

/** An id filter, applied when the field loses the focus or Enter is pressed. */
function IdFilter({ label, value, placeholder, onChange }: IdFilterProps) {
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onChange(String(new FormData(event.currentTarget).get('id')).trim() || undefined);
      }}
    >
      <TextField
        key={value}
        label={label}
        name="id"
        className="sm:w-36"
        mono
        placeholder={placeholder}
        defaultValue={value ?? ''}
        onBlur={({ currentTarget }) => {
          const next = currentTarget.value.trim() || undefined;
          if (next !== value) onChange(next);
        }}
      />
    </form>
  );
}

/** The address may name an action that the list does not have. */
function withChosen(choices: readonly { value: string; label: string }[], chosen?: string) {
  const isListed = chosen === undefined || choices.some(({ value }) => value === chosen);
  return isListed ? choices : [...choices, { value: chosen, label: chosen }];
}
