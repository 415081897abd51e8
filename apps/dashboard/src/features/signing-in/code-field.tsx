import { useState } from 'react';
import { TextField } from '../../ui/field.tsx';

/** A code of the authenticator app, or a recovery code for a lost app. */
export function CodeField({ error }: { error?: string | undefined }) {
  const [recovery, setRecovery] = useState(false);
  return (
    <div className="flex flex-col items-start gap-2">
      <TextField
        key={String(recovery)}
        label={recovery ? 'Recovery code' : 'Code'}
        name="code"
        className="w-full"
        mono
        required
        autoFocus
        {...(error !== undefined && { error })}
        {...(recovery
          ? { placeholder: 'xxxxx-xxxxx-xxxxx' }
          : { autoComplete: 'one-time-code', inputMode: 'numeric', placeholder: '123456' })}
        hint={
          recovery
            ? 'One of the ten codes that you kept when you set the second factor up.'
            : 'Six digits, from your authenticator app.'
        }
      />
      <button
        type="button"
        className="rounded text-sm font-medium text-link hover:underline"
        onClick={() => setRecovery(!recovery)}
      >
        {recovery ? 'Use the authenticator app' : 'Use a recovery code instead'}
      </button>
    </div>
  );
}
