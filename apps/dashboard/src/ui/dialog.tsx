import { Dialog as Base } from '@base-ui/react/dialog';
import type { ReactNode } from 'react';

interface DialogProps {
  open: boolean;
  onClose: () => void;
  title: string;
  /** Read out with the title. */
  description?: ReactNode;
  /** Buttons at the bottom; the main one last. */
  actions?: ReactNode;
  children?: ReactNode;
  wide?: boolean;
}

/** A question or a short form over the page. */
export function Dialog({
  open,
  onClose,
  title,
  description,
  actions,
  children,
  wide,
}: DialogProps) {
  return (
    <Base.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 bg-scrim transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Base.Popup
          className={`fixed top-1/2 left-1/2 flex max-h-[90dvh] w-[calc(100vw-2rem)] -translate-1/2 flex-col gap-4 overflow-y-auto rounded-xl border border-line bg-raised p-5 shadow-popup transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0 ${wide ? 'max-w-3xl' : 'max-w-lg'}`}
        >
          <div className="flex flex-col gap-1">
            <Base.Title className="text-lg font-semibold break-words">{title}</Base.Title>
            {description !== undefined && (
              <Base.Description render={<div />} className="text-muted">
                {description}
              </Base.Description>
            )}
          </div>
          {children}
          {actions !== undefined && (
            <div className="flex flex-wrap justify-end gap-2">{actions}</div>
          )}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
