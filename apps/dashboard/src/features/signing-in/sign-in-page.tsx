import { signIn } from '@schoolbell/api-client';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { problemOf } from '../../app/api/api-problem.ts';
import { session } from '../../app/api/session-of-page.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';

/** E-mail and password, and a code where a second factor is in use. */
export function SignInPage() {
  const { to } = useSearch({ from: '/sign-in' });
  const navigate = useNavigate();
  const [error, setError] = useState<unknown>();
  const [needsCode, setNeedsCode] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const given = (name: string) => String(form.get(name) ?? '');
    setError(undefined);
    try {
      const code = given('code') || undefined;
      session.begin(
        await signIn({ body: { email: given('email'), password: given('password'), code } }),
      );
      await navigate({ href: to ?? '/' });
    } catch (failure) {
      const problem = problemOf(failure);
      if (problem.code === 'second_factor_required' && !needsCode) setNeedsCode(true);
      else setError(problem);
    }
  };
  return (
    <main className="mx-auto flex min-h-dvh max-w-sm flex-col justify-center gap-5 p-5">
      <h1 className="text-2xl font-semibold">Sign in</h1>
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        <TextField label="E-mail" name="email" type="email" autoComplete="username" required />
        <TextField
          label="Password"
          name="password"
          type="password"
          autoComplete="current-password"
          required
        />
        {needsCode && (
          <TextField label="Code" name="code" autoComplete="one-time-code" required autoFocus />
        )}
        {error !== undefined && <ProblemNote error={error} title="Not signed in" />}
        <Button look="primary" type="submit">
          Sign in
        </Button>
      </form>
    </main>
  );
}
