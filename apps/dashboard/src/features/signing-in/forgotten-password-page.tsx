import { useMutation } from '@tanstack/react-query';
import { forgotPasswordMutation } from '@schoolbell/api-client/queries';
import type { FormEvent } from 'react';
import { problemOf } from '../../app/api/api-problem.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { Note } from '../../ui/note.tsx';
import { RefusalNote } from './refusal-note.tsx';
import { refusalWords } from './refusal.ts';
import { BackToSignIn, SigningInFrame } from './signing-in-frame.tsx';
import { useTakenAlong } from './use-taken-along.ts';
import { faultIn } from '../../app/api/fault-in.ts';

/** Asks for a link by e-mail; the answer is the same whether or not a user has the address. */
export function ForgottenPasswordPage() {
  const forgot = useMutation(forgotPasswordMutation());
  const [email, setEmail] = useTakenAlong();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    forgot.mutate({ body: { email } });
  };
  const problem = forgot.error === null ? undefined : problemOf(forgot.error);
  const fault = faultIn(problem, 'email');
  return (
    <SigningInFrame
      title="Forgotten password"
      note="You get a link by e-mail, and choose a new password there."
      footer={<BackToSignIn email={email} />}
    >
      {forgot.isSuccess ? (
        <Sent email={forgot.variables.body.email} />
      ) : (
        <form onSubmit={submit} className="flex flex-col gap-4">
          <TextField
            label="E-mail"
            name="email"
            type="email"
            autoComplete="username"
            value={email}
            onChange={({ currentTarget }) => setEmail(currentTarget.value)}
            required
            autoFocus
            {...(fault !== undefined && { error: fault })}
          />
          {problem && fault === undefined && <RefusalNote>{refusalWords(problem)}</RefusalNote>}
          <Button look="primary" type="submit" busy={forgot.isPending && 'Sending …'}>
            Send the link
          </Button>
        </form>
      )}
    </SigningInFrame>
  );
}

function Sent({ email }: { email: string }) {
  return (
    <Note tone="good" role="status" title="Check your mailbox">
      <p className="text-sm break-words">
        If somebody signs in with <strong>{email}</strong>, a link is on its way there. It works
        once, within 30 minutes.
      </p>
      <p className="text-sm">
        Nothing arrives? Look in the spam folder, or ask an owner of your organisation. If no mail
        server is set up, whoever runs Schoolbell finds the link under Settings, E-mails.
      </p>
    </Note>
  );
}
