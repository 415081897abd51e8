import { session } from '../../../app/api/session-of-page.ts';
import { useMe } from '../../../app/session/use-me.ts';
import { Button } from '../../../ui/button.tsx';
import { SigningInFrame } from '../../signing-in/signing-in-frame.tsx';
import { TotpSetup } from './totp-setup.tsx';

/** The only page while the tenant requires a second factor and the user has none. */
export function SecondFactorFirst() {
  const { email } = useMe();
  return (
    <SigningInFrame
      wide
      title="Set up a second factor"
      note="Your organisation requires one. Nothing else works until you have it."
      footer={
        <span className="flex flex-wrap items-center justify-center gap-x-2">
          <span className="break-all">{email}</span>
          <Button look="quiet" size="small" onClick={() => void session.end()}>
            Sign out
          </Button>
        </span>
      }
    >
      <TotpSetup onDone={() => undefined} />
    </SigningInFrame>
  );
}
