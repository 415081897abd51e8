import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button, type ButtonProps } from './button.tsx';
import { copyText } from './copy-text.ts';

const SHOWN_MS = 2_000;

interface CopyButtonProps extends Omit<ButtonProps, 'icon' | 'onClick'> {
  /** The text to copy, or a function that makes it on demand. */
  text: string | (() => string | Promise<string>);
}

/** Copies, and confirms it in its place. Without children it is an icon, and needs an `aria-label`. */
export function CopyButton({ text, children, size, ...rest }: CopyButtonProps) {
  const [said, setSaid] = useState<'copied' | 'failed'>();
  useEffect(() => {
    if (said === undefined) return;
    const timer = setTimeout(() => setSaid(undefined), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [said]);
  const copy = async () => {
    const worked = await copyText(typeof text === 'string' ? text : await text());
    setSaid(worked ? 'copied' : 'failed');
  };
  const Icon = said === 'copied' ? Check : Copy;
  const words = said === 'copied' ? 'Copied' : said === 'failed' ? 'Not copied' : children;
  return (
    <Button
      {...rest}
      size={size ?? (children === undefined ? 'icon' : 'medium')}
      onClick={() => void copy()}
      icon={<Icon aria-hidden className="size-4" />}
    >
      <span aria-live="polite" className={children === undefined ? 'sr-only' : undefined}>
        {words}
      </span>
    </Button>
  );
}
