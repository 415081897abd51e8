import { resetPassword } from '@schoolbell/api-client';
import { Link, useNavigate } from '@tanstack/react-router';
import { type FormEvent, type ReactNode, useState } from 'react';
import { session } from '../../app/api/session-of-page.ts';
import { linkToken } from '../../app/link-token.ts';
import { Button } from '../../ui/button.tsx';
import { NewPasswordField } from '../../ui/new-password-field.tsx';
import { CodeStep } from './code-step.tsx';
import { NoGoodLink, RefusalNote } from './refusal-note.tsx';
import { refusalWords } from './refusal.ts';
import { BackToSignIn, SigningInFrame } from './signing-in-frame.tsx';
import { useAttempt } from './use-attempt.ts';
import { useLinkToken } from './use-link-token.ts';
import { faultIn } from '../../app/api/fault-in.ts';

const NOTE = 'It ends all your sessions, on all devices.';

/** Opened by the link in an e-mail, `/password-reset#token=…`; asks for a code where a second factor is in use. */
export function PasswordResetPage() {
  const token = useLinkToken();
  return token === undefined ? <NoLink /> : <ResetForm key={token} token={token} />;
}

function Frame({ note, children }: { note?: string; children: ReactNode }) {
  return (
    <SigningInFrame title="Choose a new password" note={note} footer={<BackToSignIn />}>
      {children}
    </SigningInFrame>
  );
}

function ResetForm({ token }: { token: string }) {
  const navigate = useNavigate();
  const [chosen, setChosen] = useState('');
  const attempt = useAttempt(async (given: { password: string; code?: string }) => {
    setChosen(given.password);
    session.begin(await resetPassword({ body: { token, ...given } }));
    linkToken.forget();
    await navigate({ to: '/', replace: true });
  });
  const { problem, busy } = attempt;
  const fault = faultIn(problem, 'password');
  if (problem?.code === 'link_invalid') return <NoLink />;
  if (attempt.needsCode && fault === undefined) {
    return (
      <Frame note={NOTE}>
        <CodeStep
          {...attempt}
          onSubmit={(code) => attempt.make({ password: chosen, code })}
          onBack={attempt.reset}
        />
      </Frame>
    );
  }
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    attempt.make({ password: String(new FormData(event.currentTarget).get('password')) });
  };
  return (
    <Frame note={NOTE}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        <NewPasswordField name="password" error={fault} autoFocus />
        {problem && fault === undefined && <RefusalNote>{refusalWords(problem)}</RefusalNote>}
        <Button look="primary" type="submit" busy={busy && 'Saving …'}>
          Save and sign in
        </Button>
      </form>
    </Frame>
  );
}

function NoLink() {
  return (
    <Frame>
      <NoGoodLink title="This link does not work">
        <p>It was used before, is older than 30 minutes, or was not copied completely.</p>
        <Link to="/forgotten-password" className="font-medium text-link hover:underline">
          Ask for another link
        </Link>
      </NoGoodLink>
    </Frame>
  );
}
