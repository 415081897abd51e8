import { useEffect, useEffectEvent, useState } from 'react';
import { useLoaded } from './use-loaded.ts';

const loadPalette = async () => (await import('./command-palette.tsx')).CommandPalette;

/** Ctrl-K, or Cmd-K, opens the command palette, which is loaded when it is first wanted. */
export function PaletteKey() {
  const { part: CommandPalette, want } = useLoaded(loadPalette);
  const [open, setOpen] = useState(false);
  const toggleOpen = useEffectEvent(() => {
    if (!CommandPalette) want();
    setOpen((now) => !now || !CommandPalette);
  });
  useEffect(() => {
    const toggle = (event: KeyboardEvent) => {
      const { key, ctrlKey, metaKey, altKey, shiftKey } = event;
      if (key.toLowerCase() !== 'k' || ctrlKey === metaKey || altKey || shiftKey) return;
      event.preventDefault();
      toggleOpen();
    };
    document.addEventListener('keydown', toggle);
    return () => document.removeEventListener('keydown', toggle);
  }, []);
  return CommandPalette && <CommandPalette open={open} onClose={() => setOpen(false)} />;
}
