import { visibleName } from '../../ui/visible-name.ts';
import { useMe } from '../session/use-me.ts';
import { AccountButton } from './account-button.tsx';
import { useLoaded } from './use-loaded.ts';

/** Popups would be a tenth of what a page loads, and most pages are left without opening this one. */
const loadMenu = async () => (await import('./opened-account-menu.tsx')).OpenedAccountMenu;
/** If it cannot be loaded, the click says so. */
const loadAhead = () => void loadMenu().catch(() => undefined);

/** Names the signed-in user; their menu is loaded when a pointer or the focus comes near. */
export function AccountMenu() {
  const { name, email } = useMe();
  const { part: OpenedAccountMenu, want } = useLoaded(loadMenu);
  if (OpenedAccountMenu) return <OpenedAccountMenu />;
  return (
    <AccountButton
      name={visibleName(name || email)}
      aria-haspopup="menu"
      aria-expanded={false}
      onPointerEnter={loadAhead}
      onFocus={loadAhead}
      onClick={want}
    />
  );
}
