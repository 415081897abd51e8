import { useEffect } from 'react';
import { session } from '../../../app/api/session-of-page.ts';
import { useMe } from '../../../app/session/use-me.ts';
import { Button } from '../../../ui/button.tsx';
import { TotpSetup } from './totp-setup.tsx';

/** The only page while the tenant requires a second factor and the user has none. */
export function SecondFactorFirst() {
  const { email } = useMe();
  useEffect(() => {
    document.title = 'Set up a second factor · Schoolbell';
  }, []);
  return (
    <main className="flex min-h-dvh flex-col items-center bg-sunken px-4 py-10">
      <div className="w-full max-w-lg rounded-xl border border-line bg-surface p-6 shadow-popup">
        <h1 className="text-2xl font-semibold">Set up a second factor</h1>
        <p className="mt-1 mb-5 text-muted">
          Your organisation requires one. Nothing else works until you have it.
        </p>
        <TotpSetup onDone={() => undefined} />
      </div>
      <div className="mt-4 flex items-center gap-2 text-sm text-muted">
        {email}
        <Button look="quiet" size="small" onClick={() => void session.end()}>
          Sign out
        </Button>
      </div>
    </main>
  );
}
