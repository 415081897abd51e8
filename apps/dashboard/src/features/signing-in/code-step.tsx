import { type FormEvent, useState } from 'react';
import type { ApiProblem } from '../../app/api/api-problem.ts';
import { Button } from '../../ui/button.tsx';
import { CodeField } from './code-field.tsx';
import { RefusalNote } from './refusal-note.tsx';
import { refusalWords } from './refusal.ts';

interface CodeStepProps {
  busy: boolean;
  problem: ApiProblem | undefined;
  /** Called when the user chooses the other kind of code, which the problem is not about. */
  forget: () => void;
  onSubmit: (code: string) => void;
  onBack: () => void;
}

export function CodeStep({ busy, problem, forget, onSubmit, onBack }: CodeStepProps) {
  const [kind, setKind] = useState<'app' | 'recovery'>('app');
  const change = () => {
    setKind(kind === 'app' ? 'recovery' : 'app');
    forget();
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const code = String(new FormData(event.currentTarget).get('code'));
    onSubmit(code.replaceAll(/\s/g, ''));
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <CodeField kind={kind} onChange={change} />
      {problem && <RefusalNote>{refusalWords(problem, kind)}</RefusalNote>}
      <Button look="primary" type="submit" busy={busy && 'Signing in …'} className="w-full">
        Go on
      </Button>
      <Button look="quiet" onClick={onBack}>
        Back
      </Button>
    </form>
  );
}
