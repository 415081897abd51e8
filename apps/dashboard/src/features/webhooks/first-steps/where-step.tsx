import type { SubmitEvent } from 'react';
import { Button } from '../../../ui/button.tsx';
import { TextField } from '../../../ui/field.tsx';

interface WhereStepProps {
  url: string;
  onUrl: (url: string) => void;
  /** What the API said about it. */
  error?: string;
  busy: boolean;
  onNext: () => void;
}

/** Where events go. */
export function WhereStep({ url, onUrl, error, busy, onNext }: WhereStepProps) {
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    onNext();
  };
  return (
    <form noValidate onSubmit={submit} className="flex flex-col items-start gap-3">
      <TextField
        label="URL of the receiver"
        type="url"
        inputMode="url"
        placeholder="https://lms.example.com/webhooks/schoolbell"
        hint="The system that should know of it, yours or the customer’s. Schoolbell POSTs each event there as JSON; any answer from 200 to 299 says that it arrived."
        value={url}
        onChange={({ target }) => onUrl(target.value)}
        error={error}
        mono
        className="w-full"
      />
      <Button type="submit" look="primary" busy={busy && 'Checking …'}>
        Next: which events
      </Button>
    </form>
  );
}
