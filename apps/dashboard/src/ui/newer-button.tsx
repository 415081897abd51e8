import { ArrowUp } from 'lucide-react';
import { Button } from './button.tsx';
import { count } from './numbers.ts';

interface NewerButtonProps {
  /** How many rows wait; nothing is shown for none. */
  newer: number;
  /** There are more than were counted. */
  isAtLeast: boolean;
  onShow: () => void;
}

/**
 * New rows wait behind this button, so that no row moves under the pointer. The button floats, so it takes no space from
 * the list, and is as low as the gap above it, so it covers no words.
 */
export function NewerButton({ newer, isAtLeast, onShow }: NewerButtonProps) {
  return (
    <div role="status" className="sticky top-16 z-2 -my-2 flex h-0 justify-center">
      {newer > 0 && (
        <Button
          look="primary"
          size="small"
          className="-mt-1.5 h-6! rounded-full! shadow-popup"
          onClick={onShow}
          icon={<ArrowUp aria-hidden className="size-3.5" />}
        >
          {count(newer)}
          {isAtLeast && '+'} new
        </Button>
      )}
    </div>
  );
}
