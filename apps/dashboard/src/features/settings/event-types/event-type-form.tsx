import type { EventTypeDocument, RegisterEventType } from '@schoolbell/api-client';
import { type FormEvent, useState } from 'react';
import { Button } from '../../../ui/button.tsx';
import { TextAreaField, TextField } from '../../../ui/field.tsx';
import { ProblemNote } from '../../../ui/problem-note.tsx';
import { readJson } from './read-json.ts';

const SCHEMA = {
  type: 'object',
  required: ['orderId', 'learnerId'],
  properties: { orderId: { type: 'string' }, learnerId: { type: 'string' } },
};
const EXAMPLE = { orderId: 'ord_8213', learnerId: 'learner-42' };
const asText = (value: unknown) => JSON.stringify(value, undefined, 2);

interface EventTypeFormProps {
  /** Undefined for a new type. */
  type: EventTypeDocument | undefined;
  busy: boolean;
  error: unknown;
  onCancel: () => void;
  onSubmit: (type: RegisterEventType) => void;
}

export function EventTypeForm({ type, busy, error, onCancel, onSubmit }: EventTypeFormProps) {
  const [faults, setFaults] = useState<{ schema?: string; example?: string }>({});
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const given = (name: string) => String(form.get(name) ?? '');
    const [schema, example] = [readJson(given('schema')), readJson(given('example'))];
    if ('fault' in schema || 'fault' in example) {
      setFaults({
        ...('fault' in schema && { schema: schema.fault }),
        ...('fault' in example && { example: example.fault }),
      });
      return;
    }
    setFaults({});
    onSubmit({
      type: type?.type ?? given('type').trim(),
      description: given('description').trim(),
      schema: schema.value as RegisterEventType['schema'],
      example: example.value as RegisterEventType['example'],
    });
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      {!type && (
        <TextField
          label="Type"
          name="type"
          mono
          placeholder="order.placed"
          hint="Lower case, with dots. It cannot be changed later."
          required
          maxLength={128}
          autoFocus
        />
      )}
      <TextField
        label="Description"
        name="description"
        defaultValue={type?.description ?? ''}
        placeholder="A learner bought a course."
        dir="auto"
        required
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <TextAreaField
          label="JSON Schema"
          name="schema"
          mono
          rows={12}
          defaultValue={asText(type?.schema ?? SCHEMA)}
          hint="2020-12. Data that breaks it is refused."
          {...(faults.schema !== undefined && { error: faults.schema })}
        />
        <TextAreaField
          label="Example"
          name="example"
          mono
          rows={12}
          defaultValue={asText(type?.example ?? EXAMPLE)}
          hint="Fits the schema. Tests of webhooks send it."
          {...(faults.example !== undefined && { error: faults.example })}
        />
      </div>
      {error !== null && <ProblemNote error={error} title="Not saved" />}
      <div className="flex justify-end gap-2">
        <Button onClick={onCancel}>Cancel</Button>
        <Button look="primary" type="submit" busy={busy && 'Saving …'}>
          {type ? 'Save' : 'Register'}
        </Button>
      </div>
    </form>
  );
}
