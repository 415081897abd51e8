import { Bell } from 'lucide-react';
import type { ReactNode } from 'react';

/** The frame of a page without menu and header: the name, on a background of its own. */
export function AloneFrame({ children }: { children: ReactNode }) {
  return (
    <main
      // styles.css gives the whole window this background, with the space of the scrollbar.
      data-ground="sunken"
      className="flex min-h-dvh flex-col items-center px-4 pt-[max(1.5rem,14dvh)] pb-8"
    >
      <p className="mb-6 flex items-center gap-2.5 text-lg font-semibold">
        <span className="flex size-9 items-center justify-center rounded-lg bg-accent text-on-accent">
          <Bell aria-hidden className="size-5" />
        </span>
        Schoolbell
      </p>
      {children}
    </main>
  );
}
