import { useMutation, useQueryClient } from '@tanstack/react-query';
import { changePasswordMutation, listMySessionsQueryKey } from '@schoolbell/api-client/queries';
import { type FormEvent, useState } from 'react';
import { problemOf } from '../../../app/api/api-problem.ts';
import { useMe } from '../../../app/session/use-me.ts';
import { Button } from '../../../ui/button.tsx';
import { Section } from '../../../ui/card.tsx';
import { NewPasswordField } from '../../../ui/new-password-field.tsx';
import { PasswordField } from '../../../ui/password-field.tsx';
import { ProblemNote } from '../../../ui/problem-note.tsx';
import { useToast } from '../../../ui/toasts.tsx';
import { faultIn } from '../../../app/api/fault-in.ts';

export function PasswordForm() {
  const { email } = useMe();
  const client = useQueryClient();
  const toasts = useToast();
  const [round, setRound] = useState(0);
  const change = useMutation({
    ...changePasswordMutation(),
    onSuccess: async () => {
      setRound(round + 1);
      toasts.add({
        title: 'Your password was changed',
        description: 'Other devices are signed out.',
      });
      await client.invalidateQueries({ queryKey: listMySessionsQueryKey() });
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const body = { current: String(form.get('current')), password: String(form.get('password')) };
    change.mutate({ body });
  };
  const problem = change.error === null ? undefined : problemOf(change.error);
  const fault = faultIn(problem, 'password');
  const isWrong = problem?.code === 'wrong_password';
  return (
    <Section title="Password" note="A new one signs you out everywhere else.">
      <form key={round} onSubmit={submit} className="flex max-w-md flex-col items-stretch gap-3">
        <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
        <PasswordField
          label="Current password"
          name="current"
          autoComplete="current-password"
          required
          {...(isWrong && { error: 'This is not your current password.' })}
        />
        <NewPasswordField name="password" error={fault} />
        {problem && !isWrong && fault === undefined && <ProblemNote error={problem} />}
        <Button type="submit" className="self-start" busy={change.isPending && 'Saving …'}>
          Change the password
        </Button>
      </form>
    </Section>
  );
}
