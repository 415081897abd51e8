import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Badge } from '../../../ui/badge.tsx';
import { DeliveryStatusBadge } from '../../../ui/delivery-status.tsx';
import { Drawer } from '../../../ui/drawer.tsx';
import { visible } from '../../../ui/visible.ts';
import { deliveryQuery } from '../retry/follow-delivery.ts';
import { DeliveryDetail } from './delivery-detail.tsx';

interface DeliveryPanelProps {
  /** Undefined while none is open. */
  deliveryId: string | undefined;
  onClose: () => void;
}

/** One delivery, beside the page that it was opened from. */
export function DeliveryPanel({ deliveryId, onClose }: DeliveryPanelProps) {
  // It keeps its content while it slides away.
  const [shown, setShown] = useState(deliveryId);
  if (deliveryId !== undefined && deliveryId !== shown) setShown(deliveryId);
  return (
    <Drawer
      open={deliveryId !== undefined}
      onClose={onClose}
      returnFocus={() => rowOf(shown)}
      title={shown === undefined ? 'Delivery' : <Title deliveryId={shown} />}
    >
      {shown !== undefined && <DeliveryDetail key={shown} deliveryId={shown} />}
    </Drawer>
  );
}

/** The row of a delivery, if the page has one. It need not be the row that opened the panel: `j` and `k` move on. */
function rowOf(deliveryId: string | undefined): HTMLElement | null {
  return deliveryId === undefined
    ? null
    : document.querySelector<HTMLElement>(`[data-delivery="${CSS.escape(deliveryId)}"]`);
}

function Title({ deliveryId }: { deliveryId: string }) {
  const { data } = useQuery(deliveryQuery(deliveryId));
  if (!data) return 'Delivery';
  return (
    <span className="flex min-w-0 items-center gap-2.5">
      <DeliveryStatusBadge status={data.status} />
      <span title={data.eventType} className="truncate font-mono text-base">
        {visible(data.eventType)}
      </span>
      {data.test && <Badge tone="calm">Test</Badge>}
    </span>
  );
}
