import { useState } from 'react';
import { useLoaded } from './use-loaded.ts';
import { useShortcuts } from './use-shortcuts.ts';

const loadKeys = async () => (await import('./keys-dialog.tsx')).KeysDialog;

/** The list of keys, behind `?`. */
export function KeysHelp() {
  const [open, setOpen] = useState(false);
  // It stays, to close as it opened.
  const { part: KeysDialog, want } = useLoaded(loadKeys);
  useShortcuts({
    '?': () => {
      if (!KeysDialog) want();
      setOpen((isOpen) => !isOpen || !KeysDialog);
    },
  });
  return KeysDialog && <KeysDialog open={open} onClose={() => setOpen(false)} />;
}
