import { ShieldCheck, ShieldOff } from 'lucide-react';
import { useState } from 'react';
import { useMe } from '../../../app/session/use-me.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { Section } from '../../../ui/card.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { counted } from '../../../ui/numbers.ts';
import { DisableTotpDialog } from './disable-totp-dialog.tsx';
import { ReplaceCodesDialog } from './replace-codes-dialog.tsx';
import { TotpSetup } from './totp-setup.tsx';

const FEW_CODES = 3;

/** Sets up or removes the codes of an authenticator app, which are asked for besides the password. */
export function SecondFactorCard() {
  const { secondFactor, recoveryCodesLeft } = useMe();
  const [open, setOpen] = useState<'set-up' | 'replace' | 'disable'>();
  const close = () => setOpen(undefined);
  return (
    <Section
      title="Second factor"
      note="Somebody who has only your password does not get in."
      actions={
        secondFactor ? (
          <Badge tone="good" icon={<ShieldCheck aria-hidden className="size-3" />}>
            In use
          </Badge>
        ) : (
          <Badge tone="calm" icon={<ShieldOff aria-hidden className="size-3" />}>
            Not in use
          </Badge>
        )
      }
    >
      {secondFactor ? (
        <div className="flex flex-col gap-3">
          <p className={recoveryCodesLeft < FEW_CODES ? 'font-medium text-wait' : undefined}>
            {counted(recoveryCodesLeft, 'recovery code')} left
            {recoveryCodesLeft < FEW_CODES && ': make new ones before you need them'}.
          </p>
          <div className="flex flex-wrap gap-2">
            <Button onClick={() => setOpen('replace')}>Make new recovery codes</Button>
            <Button look="danger" onClick={() => setOpen('disable')}>
              Remove the second factor
            </Button>
          </div>
        </div>
      ) : (
        <Button look="primary" onClick={() => setOpen('set-up')}>
          Set up a second factor
        </Button>
      )}
      <Dialog open={open === 'set-up'} onClose={close} title="Set up a second factor">
        <TotpSetup onDone={close} />
      </Dialog>
      <ReplaceCodesDialog open={open === 'replace'} onClose={close} />
      <DisableTotpDialog open={open === 'disable'} onClose={close} />
    </Section>
  );
}
