import type { FormEvent } from 'react';
import { TextField } from '../../../ui/field.tsx';
import { PasswordField } from '../../../ui/password-field.tsx';

interface Proofs {
  password: string;
  code: string;
}

/** The fields of a form that asks for password and code. */
export function BothProofs() {
  return (
    <>
      <PasswordField
        label="Your password"
        name="password"
        autoComplete="current-password"
        required
        autoFocus
      />
      <TextField
        label="Code"
        name="code"
        hint="From your authenticator app, or a recovery code."
        autoComplete="one-time-code"
        mono
        required
      />
    </>
  );
}

export function proofsOf(event: FormEvent<HTMLFormElement>): Proofs {
  event.preventDefault();
  const form = new FormData(event.currentTarget);
  return {
    password: String(form.get('password')),
    code: String(form.get('code')).replaceAll(/\s/g, ''),
  };
}
