import type { CreateApiKey, Permission } from '@schoolbell/api-client';
import { type FormEvent, useState } from 'react';
import { useMe } from '../../../app/session/use-me.ts';
import { Button } from '../../../ui/button.tsx';
import { Checkbox } from '../../../ui/checkbox.tsx';
import { TextField } from '../../../ui/field.tsx';
import { ProblemNote } from '../../../ui/problem-note.tsx';
import { SelectField } from '../../../ui/select-field.tsx';
import { PERMISSION_WORDS, TENANT_PERMISSIONS } from './permission-words.ts';

const DAY_MS = 86_400_000;
const LIFETIMES = [
  { value: '', label: 'Never' },
  { value: '7', label: 'In 7 days' },
  { value: '30', label: 'In 30 days' },
  { value: '90', label: 'In 90 days' },
  { value: '365', label: 'In a year' },
] as const;

interface NewApiKeyFormProps {
  busy: boolean;
  error: unknown;
  onCancel: () => void;
  onSubmit: (body: CreateApiKey) => void;
}

export function NewApiKeyForm({ busy, error, onCancel, onSubmit }: NewApiKeyFormProps) {
  const offered = useOfferedPermissions();
  const [chosen, setChosen] = useState<readonly Permission[]>([]);
  const [days, setDays] = useState('');
  const toggle = (permission: Permission, on: boolean) =>
    setChosen(on ? [...chosen, permission] : chosen.filter((each) => each !== permission));
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const name = String(new FormData(event.currentTarget).get('name')).trim();
    const expiresAt =
      days === '' ? null : new Date(Date.now() + Number(days) * DAY_MS).toISOString();
    onSubmit({ name, permissions: offered.filter((each) => chosen.includes(each)), expiresAt });
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <TextField
        label="Name"
        name="name"
        maxLength={255}
        placeholder="Runtime service"
        hint="Which program has it."
        required
        autoFocus
      />
      <fieldset className="flex flex-col gap-2">
        <legend className="mb-2 text-sm font-medium">What it may do</legend>
        {offered.map((permission) => (
          <Checkbox
            key={permission}
            checked={chosen.includes(permission)}
            onChange={(on) => toggle(permission, on)}
            note={<code className="font-mono">{permission}</code>}
          >
            {PERMISSION_WORDS[permission]}
          </Checkbox>
        ))}
      </fieldset>
      <SelectField label="Expires" value={days} onChange={setDays} choices={LIFETIMES} />
      {error !== null && <ProblemNote error={error} />}
      <div className="flex justify-end gap-2">
        <Button onClick={onCancel}>Cancel</Button>
        <Button
          look="primary"
          type="submit"
          disabled={chosen.length === 0}
          busy={busy && 'Creating …'}
        >
          Create
        </Button>
      </div>
    </form>
  );
}

/** A key can do no more than its creator; a developer cannot create one that manages other keys. */
function useOfferedPermissions(): Permission[] {
  const { permissions, role } = useMe();
  return TENANT_PERMISSIONS.filter(
    (each) => permissions.includes(each) && !(role === 'developer' && each === 'keys:write'),
  );
}
