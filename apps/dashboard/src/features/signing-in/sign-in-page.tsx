import { signIn } from '@schoolbell/api-client';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { session } from '../../app/api/session-of-page.ts';
import { useSessionState } from '../../app/session/use-session.ts';
import { Note } from '../../ui/note.tsx';
import { CodeStep } from './code-step.tsx';
import { PasswordStep, type Login } from './password-step.tsx';
import { refusalWords } from './refusal.ts';
import { safePath } from './safe-path.ts';
import { SigningInFrame } from './signing-in-frame.tsx';
import { useAttempt } from './use-attempt.ts';
import { useTakenAlong } from './use-taken-along.ts';

/** E-mail and password, and a code where a second factor is in use. */
export function SignInPage() {
  const { to } = useSearch({ from: '/sign-in' });
  useGoingOnWhenSignedIn(safePath(to));
  const [login, setLogin] = useState<Login>();
  const [email, setEmail] = useTakenAlong();
  const attempt = useAttempt(async (given: Login & { code?: string }) => {
    setLogin(given);
    session.begin(await signIn({ body: given }));
  });
  const needsCode = login !== undefined && attempt.needsCode;
  if (needsCode) {
    return (
      <SigningInFrame title="Second factor" note={`For ${login.email}`}>
        <CodeStep
          {...attempt}
          onSubmit={(code) => attempt.make({ ...login, code })}
          onBack={attempt.reset}
        />
      </SigningInFrame>
    );
  }
  return (
    <SigningInFrame
      title="Sign in"
      footer="No account? The owners of your organisation invite you."
    >
      <PasswordStep
        email={email}
        onEmail={setEmail}
        busy={attempt.busy}
        refusal={attempt.problem && refusalWords(attempt.problem)}
        note={session.ending === 'over' && <SessionOver />}
        forgotten={
          <Link
            to="/forgotten-password"
            state={{ email }}
            className="rounded text-sm text-link hover:underline"
          >
            Forgotten your password?
          </Link>
        }
        onSubmit={attempt.make}
      />
    </SigningInFrame>
  );
}

function SessionOver() {
  return (
    <Note tone="calm" title="Your session has ended">
      <p className="text-sm">Sign in again to go on where you were.</p>
    </Note>
  );
}

/** Also when the user is signed in already, or signs in in another tab. */
function useGoingOnWhenSignedIn(path: string): void {
  const state = useSessionState();
  const navigate = useNavigate();
  useEffect(() => {
    // Without an answer, signing in says why.
    if (state === 'unknown') session.accessToken().catch(() => undefined);
    if (state === 'signed-in') void navigate({ href: path, replace: true });
  }, [state, path, navigate]);
}
