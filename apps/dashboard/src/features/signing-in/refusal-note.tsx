import type { ReactNode } from 'react';
import { Note } from '../../ui/note.tsx';

/** Why it failed, read out at once. */
export function RefusalNote({ children }: { children: string }) {
  return (
    <p role="alert" className="rounded-md bg-bad-tint px-3 py-2.5 text-sm font-medium text-bad">
      {children}
    </p>
  );
}

/** The link is invalid or used up. */
export function NoGoodLink({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Note tone="wait" role="alert" title={title}>
      <div className="flex flex-col gap-2 text-sm">{children}</div>
    </Note>
  );
}
