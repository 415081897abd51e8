import { lazy, Suspense, useState } from 'react';
import { useShortcuts } from './use-shortcuts.ts';

const KeysDialog = lazy(async () => ({ default: (await import('./keys-dialog.tsx')).KeysDialog }));

/** The list of keys, behind `?`. */
export function KeysHelp() {
  const [open, setOpen] = useState(false);
  // Loaded when it is wanted first; it stays, to close as it opened.
  const [wanted, setWanted] = useState(false);
  useShortcuts({
    '?': () => {
      setWanted(true);
      setOpen((isOpen) => !isOpen);
    },
  });
  if (!wanted) return null;
  return (
    <Suspense>
      <KeysDialog open={open} onClose={() => setOpen(false)} />
    </Suspense>
  );
}
