import { Bell } from 'lucide-react';
import type { ReactNode } from 'react';

/** What stands around a page that has neither menu nor header: the name, on a ground of its own. */
export function AloneFrame({ children }: { children: ReactNode }) {
  return (
    <main
      // styles.css gives the whole window this ground, also where a scrollbar has its place.
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
