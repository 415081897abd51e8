import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';

interface DiscardDialogProps {
  open: boolean;
  onClose: () => void;
  /** How many: "1,204", "at least 9,000". */
  what: string;
  isOne: boolean;
  onDiscard: () => void;
}

/** Asks before dead letters are discarded, and says what that means. */
export function DiscardDialog({ open, onClose, what, isOne, onDiscard }: DiscardDialogProps) {
  const discard = () => {
    onDiscard();
    onClose();
  };
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={`Discard ${what} ${isOne ? 'dead letter' : 'dead letters'}?`}
      description={
        isOne
          ? 'It is never sent: its receiver does not learn of this event. It stays in the log as discarded, and cannot be retried.'
          : 'They are never sent: their receiver does not learn of these events. They stay in the log as discarded, and cannot be retried.'
      }
      actions={
        <>
          <Button onClick={onClose}>Keep {isOne ? 'it' : 'them'}</Button>
          <Button look="danger" onClick={discard}>
            Discard {what}
          </Button>
        </>
      }
    />
  );
}
