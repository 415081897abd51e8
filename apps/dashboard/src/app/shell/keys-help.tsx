import { useState } from 'react';
import { useLoaded } from './use-loaded.ts';
import { useShortcuts } from './use-shortcuts.ts';

const loadKeys = async () => (await import('./keys-dialog.tsx')).KeysDialog;

/** Opens the list of keys on `?`. */
export function KeysHelp() {
  const [open, setOpen] = useState(false);
  // It stays mounted, so that closing it is animated too.
  const { part: KeysDialog, want } = useLoaded(loadKeys);
  useShortcuts({
    '?': () => {
      if (!KeysDialog) want();
      setOpen((isOpen) => !isOpen || !KeysDialog);
    },
  });
  return KeysDialog && <KeysDialog open={open} onClose={() => setOpen(false)} />;
}
