import { acceptInvitation } from '@schoolbell/api-client';
import { useNavigate } from '@tanstack/react-router';
import type { FormEvent, ReactNode } from 'react';
import { session } from '../../app/api/session-of-page.ts';
import { linkToken } from '../../app/link-token.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { NewPasswordField } from '../../ui/new-password-field.tsx';
import { NoGoodLink, RefusalNote } from './refusal-note.tsx';
import { refusalWords } from './refusal.ts';
import { BackToSignIn, SigningInFrame } from './signing-in-frame.tsx';
import { useAttempt } from './use-attempt.ts';
import { useLinkToken } from './use-link-token.ts';
import { faultIn } from '../../app/api/fault-in.ts';

/** Opened by the link in an e-mail, `/invitation#token=…`. */
export function InvitationPage() {
  const token = useLinkToken();
  return token === undefined ? <NoLink /> : <InvitationForm key={token} token={token} />;
}

function Frame({ note, children }: { note?: string; children: ReactNode }) {
  return (
    <SigningInFrame
      title="Welcome to Schoolbell"
      note={note}
      footer={<BackToSignIn>You have an account? Sign in</BackToSignIn>}
    >
      {children}
    </SigningInFrame>
  );
}

function InvitationForm({ token }: { token: string }) {
  const navigate = useNavigate();
  const { make, problem, busy } = useAttempt(async (given: { name: string; password: string }) => {
    session.begin(await acceptInvitation({ body: { token, ...given } }));
    linkToken.forget();
    await navigate({ to: '/', replace: true });
  });
  if (problem?.code === 'link_invalid') return <NoLink />;
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    make({ name: String(form.get('name')), password: String(form.get('password')) });
  };
  const fault = faultIn(problem, 'password');
  return (
    <Frame note="Say who you are and choose a password. You are signed in at once.">
      <form onSubmit={submit} className="flex flex-col gap-4">
        <TextField
          label="Your name"
          name="name"
          autoComplete="name"
          maxLength={255}
          required
          autoFocus
        />
        <NewPasswordField label="Password" name="password" error={fault} />
        {problem && fault === undefined && <RefusalNote>{refusalWords(problem)}</RefusalNote>}
        <Button look="primary" type="submit" busy={busy && 'Signing in …'}>
          Accept the invitation
        </Button>
      </form>
    </Frame>
  );
}

function NoLink() {
  return (
    <Frame>
      <NoGoodLink title="This invitation does not work">
        <p>It was used before, is older than 72 hours, or was not copied completely.</p>
        <p>Ask whoever invited you to send it again.</p>
      </NoGoodLink>
    </Frame>
  );
}
