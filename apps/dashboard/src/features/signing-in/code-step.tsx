import type { FormEvent } from 'react';
import { Button } from '../../ui/button.tsx';
import { CodeField } from './code-field.tsx';
import { RefusalNote } from './refusal-note.tsx';

interface CodeStepProps {
  busy: boolean;
  refusal?: string | undefined;
  onSubmit: (code: string) => void;
  onBack: () => void;
}

export function CodeStep({ busy, refusal, onSubmit, onBack }: CodeStepProps) {
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const code = String(new FormData(event.currentTarget).get('code'));
    onSubmit(code.replaceAll(/\s/g, ''));
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <CodeField />
      {refusal !== undefined && <RefusalNote>{refusal}</RefusalNote>}
      <Button look="primary" type="submit" busy={busy && 'Signing in …'} className="w-full">
        Go on
      </Button>
      <Button look="quiet" onClick={onBack}>
        Back
      </Button>
    </form>
  );
}
