import { lazy, Suspense, useState } from 'react';
import { useMe } from '../session/use-me.ts';
import { AccountButton } from './account-button.tsx';

/** Popups are a tenth of what a browser would load for a page, and most pages are left without opening this one. */
const loadMenu = () => import('./opened-account-menu.tsx');
const OpenedAccountMenu = lazy(async () => ({ default: (await loadMenu()).OpenedAccountMenu }));

/** Who has signed in; their menu is loaded when a pointer or the focus comes near. */
export function AccountMenu() {
  const { name, email } = useMe();
  const [wanted, setWanted] = useState(false);
  const button = (
    <AccountButton
      name={name || email}
      aria-haspopup="menu"
      aria-expanded={false}
      onPointerEnter={() => void loadMenu()}
      onFocus={() => void loadMenu()}
      onClick={() => setWanted(true)}
    />
  );
  if (!wanted) return button;
  return (
    <Suspense fallback={button}>
      <OpenedAccountMenu />
    </Suspense>
  );
}
