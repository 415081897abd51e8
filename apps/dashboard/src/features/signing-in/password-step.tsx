import type { FormEvent, ReactNode } from 'react';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { PasswordField } from '../../ui/password-field.tsx';
import { RefusalNote } from './refusal-note.tsx';

export interface Login {
  email: string;
  password: string;
}

interface PasswordStepProps {
  email: string;
  busy: boolean;
  refusal?: string | undefined;
  note?: ReactNode;
  forgotten: ReactNode;
  onEmail: (email: string) => void;
  onSubmit: (login: Login) => void;
}

export function PasswordStep({
  email,
  busy,
  refusal,
  note,
  forgotten,
  onEmail,
  onSubmit,
}: PasswordStepProps) {
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    onSubmit({ email: String(form.get('email')), password: String(form.get('password')) });
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      {note}
      <TextField
        label="E-mail"
        name="email"
        type="email"
        autoComplete="username"
        value={email}
        onChange={({ currentTarget }) => onEmail(currentTarget.value)}
        required
        autoFocus
      />
      <PasswordField label="Password" name="password" autoComplete="current-password" required />
      {refusal !== undefined && <RefusalNote>{refusal}</RefusalNote>}
      <Button look="primary" type="submit" busy={busy && 'Signing in …'} className="mt-1 w-full">
        Sign in
      </Button>
      <div className="text-center">{forgotten}</div>
    </form>
  );
}
