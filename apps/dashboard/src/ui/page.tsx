import { type ReactNode, useEffect } from 'react';

interface PageProps {
  /** The heading, and the tab's title. */
  title: string;
  /** Shown instead of the plain title, such as a title with a badge. */
  heading?: ReactNode;
  /** A sentence below the heading. */
  note?: ReactNode;
  /** Buttons at the right of the heading. */
  actions?: ReactNode;
  children: ReactNode;
}

/** The layout of every page in the shell: a heading with actions, and the content. */
export function Page({ title, heading, note, actions, children }: PageProps) {
  useEffect(() => {
    document.title = `${title} · Schoolbell`;
  }, [title]);
  return (
    <div className="mx-auto flex w-full max-w-7xl flex-col gap-4 px-4 py-5 sm:px-5">
      <div className="flex min-h-9 flex-wrap items-start justify-between gap-x-4 gap-y-2">
        {/* The heading is aligned with the buttons, at the same height on every page. */}
        <div className="min-w-0 flex-1 basis-40 pt-1.5">
          <h1 className="text-xl font-semibold break-words">{heading ?? title}</h1>
          {note !== undefined && <p className="text-sm text-muted">{note}</p>}
        </div>
        {actions !== undefined && <div className="flex flex-wrap gap-2">{actions}</div>}
      </div>
      {children}
    </div>
  );
}
