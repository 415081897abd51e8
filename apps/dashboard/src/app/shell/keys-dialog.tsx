import { Dialog } from '../../ui/dialog.tsx';

const KEYS = [
  ['/', 'The box that takes any id'],
  ['j', 'The next row'],
  ['k', 'The row before'],
  ['Enter', 'Open the row'],
  ['r', 'Retry the chosen or open delivery'],
  ['Esc', 'Close what is open'],
  ['?', 'This list'],
] as const;

/** Lists the keyboard shortcuts. */
export function KeysDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title="Keys"
      description="They work wherever nobody is typing."
    >
      <dl className="grid grid-cols-[auto_1fr] items-center gap-x-4 gap-y-2">
        {KEYS.map(([key, what]) => (
          <div key={key} className="contents">
            <dt>
              <kbd className="inline-block min-w-7 rounded border border-line bg-sunken px-1.5 py-0.5 text-center font-mono text-xs">
                {key}
              </kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
