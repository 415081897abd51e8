import { type FormEvent, useState } from 'react';
import { Button } from '../../../ui/button.tsx';
import { TextField } from '../../../ui/field.tsx';
import { SelectField } from '../../../ui/select-field.tsx';
import type { Erasure } from './erasure-dialog.tsx';

const CHOICES = [
  {
    value: 'discard',
    label: 'Discard them',
    note: 'Receivers hear nothing more of this learner',
  },
  {
    value: 'send',
    label: 'Send them first',
    note: 'For at most 24 hours; then the rest is discarded',
  },
] as const;

export function ErasureForm({ onAsk }: { onAsk: (erasure: Erasure) => void }) {
  const [waiting, setWaiting] = useState<'discard' | 'send'>('discard');
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    onAsk({ learnerId: String(new FormData(event.currentTarget).get('learnerId')), waiting });
  };
  return (
    <form onSubmit={submit} className="flex flex-col items-start gap-4">
      <TextField
        className="w-full"
        label="Learner id"
        name="learnerId"
        mono
        required
        maxLength={255}
        hint="As your platform names the learner: learnerId or userId of events."
      />
      <div className="w-full">
        <SelectField
          label="Deliveries that still wait"
          value={waiting}
          onChange={setWaiting}
          choices={CHOICES}
        />
      </div>
      <Button look="danger" type="submit">
        Erase …
      </Button>
    </form>
  );
}
