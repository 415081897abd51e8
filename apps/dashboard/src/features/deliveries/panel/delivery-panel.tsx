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
      title={shown === undefined ? 'Delivery' : <Title deliveryId={shown} />}
    >
      {shown !== undefined && <DeliveryDetail key={shown} deliveryId={shown} />}
    </Drawer>
  );
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
