import { Link } from '@tanstack/react-router';
import { type ReactNode, useEffect } from 'react';
import { AloneFrame } from '../../ui/alone-frame.tsx';
import { cx } from '../../ui/cx.ts';

interface SigningInFrameProps {
  title: string;
  /** A sentence below the heading. */
  note?: ReactNode;
  children: ReactNode;
  /** Below the card. */
  footer?: ReactNode;
  wide?: boolean;
}

/** The frame of pages before signing in: the name, a card, and a way back. */
export function SigningInFrame({ title, note, children, footer, wide }: SigningInFrameProps) {
  useEffect(() => {
    document.title = `${title} · Schoolbell`;
  }, [title]);
  return (
    <AloneFrame>
      <div
        className={cx(
          'w-full rounded-xl border border-line bg-surface p-6 shadow-popup sm:p-8',
          wide ? 'max-w-lg' : 'max-w-100',
        )}
      >
        <h1 className="text-2xl font-semibold">{title}</h1>
        {note !== undefined && <p className="mt-1 text-pretty break-words text-muted">{note}</p>}
        <div className="mt-6">{children}</div>
      </div>
      {footer !== undefined && (
        <div className="mt-5 text-center text-sm text-balance text-muted">{footer}</div>
      )}
    </AloneFrame>
  );
}

interface BackToSignInProps {
  children?: ReactNode;
  /** The address that the user has entered already. */
  email?: string | undefined;
}

export function BackToSignIn({ children = 'Back to signing in', email }: BackToSignInProps) {
  return (
    <Link to="/sign-in" state={{ email }} className="rounded font-medium text-link hover:underline">
      {children}
    </Link>
  );
}
