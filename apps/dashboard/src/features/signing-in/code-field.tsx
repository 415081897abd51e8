import { TextField } from '../../ui/field.tsx';

const KINDS = {
  app: {
    label: 'Code',
    placeholder: '123456',
    hint: 'Six digits, from your authenticator app.',
    autoComplete: 'one-time-code',
    inputMode: 'numeric',
    other: 'Use a recovery code instead',
  },
  recovery: {
    label: 'Recovery code',
    placeholder: 'xxxxx-xxxxx-xxxxx',
    hint: 'One of the ten codes that you kept when you set the second factor up.',
    other: 'Use the authenticator app',
  },
} as const;

interface CodeFieldProps {
  kind: keyof typeof KINDS;
  /** Called when the user wants to enter the other kind. */
  onChange: () => void;
}

/** A code of the authenticator app, or a recovery code for a lost app. */
export function CodeField({ kind, onChange }: CodeFieldProps) {
  const { other, ...field } = KINDS[kind];
  return (
    <div className="flex flex-col items-start gap-2">
      <TextField key={kind} name="code" className="w-full" mono required autoFocus {...field} />
      <button
        type="button"
        className="rounded text-sm font-medium text-link hover:underline"
        onClick={onChange}
      >
        {other}
      </button>
    </div>
  );
}
