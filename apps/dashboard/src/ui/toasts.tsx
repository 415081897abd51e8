import { Toast } from '@base-ui/react/toast';
import { X } from 'lucide-react';

/** Shows a message in the corner for some seconds: `useToast().add({ title, description })`. */
export const useToast = Toast.useToastManager;

/** The place where they appear; once, in the app. */
export function Toasts() {
  const { toasts } = Toast.useToastManager();
  return (
    <Toast.Portal>
      <Toast.Viewport className="fixed right-4 bottom-4 z-30 flex w-[min(22rem,calc(100vw-2rem))] flex-col gap-2">
        {toasts.map((toast) => (
          <Toast.Root
            key={toast.id}
            toast={toast}
            className="flex items-start gap-3 rounded-lg border border-line bg-raised p-3.5 shadow-popup transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0"
          >
            <Toast.Content className="flex min-w-0 grow flex-col gap-0.5">
              <Toast.Title className="font-medium" />
              <Toast.Description className="text-sm text-muted" />
            </Toast.Content>
            <Toast.Close aria-label="Close" className="text-muted hover:text-ink">
              <X aria-hidden className="size-4" />
            </Toast.Close>
          </Toast.Root>
        ))}
      </Toast.Viewport>
    </Toast.Portal>
  );
}
