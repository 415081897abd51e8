import { useMutation, useQueryClient } from '@tanstack/react-query';
import { getMeQueryKey, updateMeMutation } from '@schoolbell/api-client/queries';
import type { FormEvent } from 'react';
import { useMe } from '../../../app/session/use-me.ts';
import { Button } from '../../../ui/button.tsx';
import { Section } from '../../../ui/card.tsx';
import { TextField } from '../../../ui/field.tsx';
import { ProblemNote } from '../../../ui/problem-note.tsx';
import { useToast } from '../../../ui/toasts.tsx';

export function ProfileForm() {
  const { name, email, role } = useMe();
  const client = useQueryClient();
  const toasts = useToast();
  const change = useMutation({
    ...updateMeMutation(),
    onSuccess: (me) => {
      client.setQueryData(getMeQueryKey(), me);
      toasts.add({ title: 'Your name was changed' });
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = String(new FormData(event.currentTarget).get('name')).trim();
    change.mutate({ body: { name: given } });
  };
  return (
    <Section title="Profile" note={`${email} · ${role.replace('_', ' ')}`}>
      <form onSubmit={submit} className="flex max-w-md flex-col items-start gap-3">
        <TextField
          className="w-full"
          label="Name"
          name="name"
          autoComplete="name"
          defaultValue={name}
          maxLength={255}
          dir="auto"
          required
          hint="How others see you, such as in the list of users."
        />
        {change.error && <ProblemNote error={change.error} />}
        <Button type="submit" busy={change.isPending && 'Saving …'}>
          Save the name
        </Button>
      </form>
    </Section>
  );
}
