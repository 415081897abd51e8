import { Dialog } from '@base-ui/react/dialog';
import { Link } from '@tanstack/react-router';
import { Bell, Menu as MenuIcon } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { AnyIdBox } from '../../features/search/any-id-box.tsx';
import { LiveState } from '../live/live-state.tsx';
import { AccountMenu } from './account-menu.tsx';
import { NavigationMenu } from './navigation-menu.tsx';
import { PaletteKey } from './palette-key.tsx';
import { TenantSwitcher } from '../../features/tenants/tenant-switcher.tsx';

/** The bar at the top: the tenant, the box for any id, whether the page is live, and the account. */
export function Header() {
  return (
    <header className="sticky top-0 z-10 flex h-14 items-center gap-3 border-b border-line bg-canvas px-3 sm:px-5">
      <NarrowMenu />
      <Link to="/" className="flex items-center gap-2 rounded-md font-semibold">
        <Bell aria-hidden className="size-5" />
        <span className="hidden text-lg sm:inline">Schoolbell</span>
        <span className="sr-only sm:hidden">Schoolbell</span>
      </Link>
      <TenantSwitcher />
      <div className="flex min-w-0 grow justify-center">
        <AnyIdBox />
      </div>
      <LiveState />
      <AccountMenu />
      <PaletteKey />
    </header>
  );
}

/** Stands in for the side menu on narrow windows. */
function NarrowMenu() {
  const [open, setOpen] = useState(false);
  return (
    <Dialog.Root open={open} onOpenChange={setOpen}>
      <Dialog.Trigger
        render={
          <Button
            look="quiet"
            size="icon"
            className="md:hidden"
            aria-label="Menu"
            icon={<MenuIcon aria-hidden className="size-5" />}
          />
        }
      />
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 bg-scrim" />
        <Dialog.Popup className="fixed inset-y-0 left-0 w-64 bg-canvas p-3 shadow-popup">
          <Dialog.Title className="sr-only">Menu</Dialog.Title>
          <NavigationMenu onChoose={() => setOpen(false)} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
