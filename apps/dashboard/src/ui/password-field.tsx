import { Eye, EyeOff } from 'lucide-react';
import { type ComponentProps, useState } from 'react';
import { Button } from './button.tsx';
import { TextField } from './field.tsx';

type PasswordFieldProps = Omit<ComponentProps<typeof TextField>, 'type' | 'mono'> & {
  autoComplete: 'current-password' | 'new-password';
};

/** A password, which can be revealed while it is typed. */
export function PasswordField(props: PasswordFieldProps) {
  const [shown, setShown] = useState(false);
  const Icon = shown ? EyeOff : Eye;
  return (
    <div className="relative">
      <TextField
        {...props}
        type={shown ? 'text' : 'password'}
        spellCheck={false}
        autoCapitalize="none"
      />
      <Button
        look="quiet"
        size="icon"
        aria-label={shown ? 'Hide what is typed' : 'Show what is typed'}
        aria-pressed={shown}
        className="absolute top-[1.6rem] right-0"
        onClick={() => setShown(!shown)}
        icon={<Icon aria-hidden className="size-4" />}
      />
    </div>
  );
}
