import { type ReactNode, useEffect } from 'react';

interface PageProps {
  /** The heading, and the title of the tab. */
  title: string;
  /** What stands instead of the plain title, such as with a badge. */
  heading?: ReactNode;
  /** A sentence below the heading. */
  note?: ReactNode;
  /** Buttons at the right of the heading. */
  actions?: ReactNode;
  children: ReactNode;
}

/** What every page in the shell is: a heading with actions, and its content. */
export function Page({ title, heading, note, actions, children }: PageProps) {
  useEffect(() => {
    document.title = `${title} · Schoolbell`;
  }, [title]);
  return (
    <div className="mx-auto flex w-full max-w-7xl flex-col gap-4 px-4 py-5 sm:px-5">
      <div className="flex min-h-9 flex-wrap items-start justify-between gap-x-4 gap-y-2">
        {/* The heading stands at the height of the buttons, on every page at the same place. */}
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
