import { ArrowUp } from 'lucide-react';
import { Button } from '../../ui/button.tsx';
import { count } from '../../ui/numbers.ts';
import type { Deliveries } from './use-deliveries.ts';
import { useNewerDeliveries } from './use-newer-deliveries.ts';

/** What came meanwhile waits here, so that no row moves under the pointer. It keeps its place. */
export function NewerBar({ deliveries }: { deliveries: Deliveries }) {
  const newer = useNewerDeliveries(deliveries);
  return (
    <div role="status" className="sticky top-16 z-2 -my-2 flex h-0 justify-center">
      {newer.count > 0 && (
        <Button
          look="primary"
          size="small"
          className="-mt-3 rounded-full! shadow-popup"
          onClick={newer.show}
          icon={<ArrowUp aria-hidden className="size-3.5" />}
        >
          {count(newer.count)}
          {newer.isAtLeast && '+'} new
        </Button>
      )}
    </div>
  );
}
