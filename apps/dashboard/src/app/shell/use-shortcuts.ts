import { useEffect, useEffectEvent } from 'react';

type Shortcuts = Record<string, (() => void) | undefined>;

/** Keys without a modifier, except while the user types. Each page has its own; `keys-help.tsx` lists them. */
export function useShortcuts(shortcuts: Shortcuts): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    const act = shortcuts[event.key];
    if (!act || event.defaultPrevented || isForOther(event)) return;
    event.preventDefault();
    act();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => press(event);
    document.addEventListener('keydown', listener);
    return () => document.removeEventListener('keydown', listener);
  }, []);
}

function isForOther({ target, ctrlKey, metaKey, altKey, isComposing }: KeyboardEvent): boolean {
  if (ctrlKey || metaKey || altKey || isComposing) return true;
  // Lists and menus count as typing, since they are searched by letters.
  const typing =
    'input, textarea, select, [contenteditable], [role="listbox"], [role="menu"], [role="combobox"]';
  return target instanceof Element && target.closest(typing) !== null;
}
