import { Link } from '@tanstack/react-router';
import { Bell } from 'lucide-react';
import { type ReactNode, useEffect } from 'react';

interface SigningInFrameProps {
  title: string;
  /** A sentence below the heading. */
  note?: ReactNode;
  children: ReactNode;
  /** Below the card. */
  footer?: ReactNode;
}

/** The frame of pages before signing in: the name, a card, and a way back. */
export function SigningInFrame({ title, note, children, footer }: SigningInFrameProps) {
  useEffect(() => {
    document.title = `${title} · Schoolbell`;
  }, [title]);
  return (
    <main className="flex min-h-dvh flex-col items-center bg-sunken px-4 pt-[max(1.5rem,14dvh)] pb-8">
      <p className="mb-6 flex items-center gap-2.5 text-lg font-semibold">
        <span className="flex size-9 items-center justify-center rounded-lg bg-accent text-on-accent">
          <Bell aria-hidden className="size-5" />
        </span>
        Schoolbell
      </p>
      <div className="w-full max-w-100 rounded-xl border border-line bg-surface p-6 shadow-popup sm:p-8">
        <h1 className="text-2xl font-semibold">{title}</h1>
        {note !== undefined && <p className="mt-1 break-words text-muted">{note}</p>}
        <div className="mt-6">{children}</div>
      </div>
      {footer !== undefined && (
        <div className="mt-5 text-center text-sm text-balance text-muted">{footer}</div>
      )}
    </main>
  );
}

export function BackToSignIn({ children = 'Back to signing in' }: { children?: ReactNode }) {
  return (
    <Link to="/sign-in" className="rounded font-medium text-link hover:underline">
      {children}
    </Link>
  );
}
