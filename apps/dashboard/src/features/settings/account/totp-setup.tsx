import { useMutation, useQueryClient } from '@tanstack/react-query';
import {
  confirmTotpMutation,
  getMeQueryKey,
  startTotpMutation,
} from '@schoolbell/api-client/queries';
import type { FormEvent } from 'react';
import { problemOf } from '../../../app/api/api-problem.ts';
import { Button } from '../../../ui/button.tsx';
import { TextField } from '../../../ui/field.tsx';
import { PasswordField } from '../../../ui/password-field.tsx';
import { ProblemNote } from '../../../ui/problem-note.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';
import { TotpSecret } from './totp-secret.tsx';

/**
 * Password, secret, first code, recovery codes: a second factor in four steps. @param onDone when the codes are saved
 */
export function TotpSetup({ onDone }: { onDone: () => void }) {
  const client = useQueryClient();
  const start = useMutation(startTotpMutation());
  const confirm = useMutation(confirmTotpMutation());
  const finish = async () => {
    onDone();
    await client.invalidateQueries({ queryKey: getMeQueryKey() });
  };
  if (confirm.data) {
    return <RecoveryCodes codes={confirm.data.recoveryCodes} onKept={() => void finish()} />;
  }
  if (start.data) {
    return (
      <ConfirmStep
        {...start.data}
        busy={confirm.isPending}
        error={confirm.error}
        onSubmit={(code) => confirm.mutate({ body: { code } })}
      />
    );
  }
  return (
    <PasswordStep
      busy={start.isPending}
      error={start.error}
      onSubmit={(password) => start.mutate({ body: { password } })}
    />
  );
}

interface StepProps {
  busy: boolean;
  error: unknown;
  onSubmit: (given: string) => void;
}

function submitOf(name: string, onSubmit: StepProps['onSubmit']) {
  return (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    onSubmit(String(new FormData(event.currentTarget).get(name)));
  };
}

function PasswordStep({ busy, error, onSubmit }: StepProps) {
  return (
    <form onSubmit={submitOf('password', onSubmit)} className="flex flex-col gap-3">
      <p className="text-muted">
        You need an authenticator app, such as the one of your password manager. First, show that it
        is you.
      </p>
      <PasswordField
        label="Your password"
        name="password"
        autoComplete="current-password"
        required
        autoFocus
      />
      <Refusal error={error} />
      <Button look="primary" type="submit" className="self-end" busy={busy && 'Checking …'}>
        Go on
      </Button>
    </form>
  );
}

function ConfirmStep({
  secret,
  otpauthUrl,
  busy,
  error,
  onSubmit,
}: StepProps & { secret: string; otpauthUrl: string }) {
  const submit = submitOf('code', (code) => onSubmit(code.replaceAll(/\s/g, '')));
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <TotpSecret secret={secret} otpauthUrl={otpauthUrl} />
      <TextField
        label="Code"
        name="code"
        hint="The six digits that the app shows now."
        inputMode="numeric"
        autoComplete="one-time-code"
        placeholder="123456"
        mono
        required
      />
      <Refusal error={error} />
      <Button look="primary" type="submit" className="self-end" busy={busy && 'Checking …'}>
        Confirm
      </Button>
    </form>
  );
}

const WORDS: Record<string, string> = {
  wrong_password: 'This is not your password.',
  wrong_code:
    'This code is wrong. Check that the clock of the device with the app is right, and take the next code.',
};

export function Refusal({ error }: { error: unknown }) {
  if (error === null || error === undefined) return null;
  const words = WORDS[problemOf(error).code];
  if (words === undefined) return <ProblemNote error={error} />;
  return (
    <p role="alert" className="text-sm font-medium text-bad">
      {words}
    </p>
  );
}
