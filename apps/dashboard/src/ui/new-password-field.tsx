import { useState } from 'react';
import { PasswordField } from './password-field.tsx';

/** The API's minimum; only the API knows which passwords are too common. */
const LEAST = 12;
const MOST = 128;

interface NewPasswordFieldProps {
  name: string;
  label?: string;
  /** What the API said about the last one. */
  error?: string | undefined;
  autoFocus?: boolean;
}

/** Chooses a password: says while the user types what is missing. */
export function NewPasswordField({
  name,
  label = 'New password',
  error,
  autoFocus,
}: NewPasswordFieldProps) {
  const [length, setLength] = useState(0);
  return (
    <PasswordField
      label={label}
      name={name}
      autoComplete="new-password"
      required
      minLength={LEAST}
      maxLength={MOST}
      autoFocus={autoFocus}
      onChange={({ currentTarget }) => setLength([...currentTarget.value].length)}
      hint={adviceOf(length)}
      {...(error !== undefined && { error })}
    />
  );
}

function adviceOf(length: number): string {
  if (length === 0)
    return `${LEAST} characters or more. A few words that nobody else would put together are best.`;
  if (length < LEAST) return `${LEAST - length} more to go: ${LEAST} characters are the minimum.`;
  return 'Long enough. No symbols needed; only common passwords are refused.';
}
