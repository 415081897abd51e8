import { Dialog } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from './button.tsx';

interface DrawerProps {
  open: boolean;
  onClose: () => void;
  /** Stands at its top, and names it to screen readers. */
  title: ReactNode;
  /** Beside the title, before the close button. */
  actions?: ReactNode;
  children: ReactNode;
  /** Returns the element that gets the focus when the panel closes; null: the element that had it before. */
  returnFocus?: () => HTMLElement | null;
}

/** A panel at the right of the page; on narrow windows it covers the page. */
export function Drawer({
  open,
  onClose,
  title,
  actions,
  children,
  returnFocus = () => null,
}: DrawerProps) {
  return (
    <Dialog.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 bg-scrim transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Dialog.Popup
          finalFocus={returnFocus}
          className="fixed inset-y-0 right-0 flex w-full max-w-155 flex-col bg-canvas shadow-popup transition-transform duration-200 data-ending-style:translate-x-full data-starting-style:translate-x-full sm:border-l sm:border-line"
        >
          <header className="flex items-center gap-3 px-5 py-4">
            <Dialog.Title className="min-w-0 grow font-semibold">{title}</Dialog.Title>
            {actions}
            <Dialog.Close
              render={
                <Button
                  look="quiet"
                  size="icon"
                  aria-label="Close"
                  icon={<X aria-hidden className="size-4.5" />}
                />
              }
            />
          </header>
          <div className="grow overflow-y-auto overscroll-contain px-5 pb-6">{children}</div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
