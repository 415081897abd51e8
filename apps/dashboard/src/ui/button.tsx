import { Link, type LinkProps } from '@tanstack/react-router';
import type { ComponentProps, ReactNode } from 'react';
import { cx } from './cx.ts';

type Look = 'primary' | 'secondary' | 'quiet' | 'danger';

const BASE =
  'inline-flex shrink-0 items-center justify-center gap-2 rounded-md font-medium whitespace-nowrap select-none transition-colors disabled:opacity-55 aria-disabled:opacity-55';
const SIZES = { medium: 'h-9 px-3.5 text-base', small: 'h-7.5 px-2.5 text-sm', icon: 'size-9' };
const LOOKS: Record<Look, string> = {
  primary: 'bg-accent text-on-accent hover:bg-accent-hover',
  secondary: 'border border-line bg-raised text-ink hover:bg-hover',
  quiet: 'text-muted hover:bg-hover hover:text-ink',
  danger: 'border border-bad/40 bg-raised text-bad hover:bg-bad-tint',
};

interface Appearance {
  look?: Look;
  size?: keyof typeof SIZES;
  icon?: ReactNode;
}

const classesOf = ({ look = 'secondary', size = 'medium' }: Appearance, own?: string) =>
  cx(BASE, SIZES[size], LOOKS[look], own);

export interface ButtonProps extends ComponentProps<'button'>, Appearance {
  /** The label while it works: a spinner never stands without a word. */
  busy?: string | false;
}

/** The icon stands before the words; with `size="icon"` there are no words, and it needs an `aria-label`. */
export function Button({ look, size, icon, busy, className, children, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      disabled={rest.disabled || Boolean(busy)}
      aria-busy={busy ? true : undefined}
      className={classesOf({ look, size }, className)}
    >
      {icon}
      {busy || children}
    </button>
  );
}

/** A link that looks like a button. */
export function ButtonLink({
  look,
  size,
  icon,
  className,
  children,
  ...rest
}: LinkProps & Appearance & { className?: string; children?: ReactNode }) {
  return (
    <Link {...rest} className={classesOf({ look, size }, className)}>
      {icon}
      {children}
    </Link>
  );
}
