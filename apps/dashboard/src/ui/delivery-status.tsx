import type { DeliveryDocument } from '@schoolbell/api-client';
import { Ban, Check, CircleX, Clock, Pause } from 'lucide-react';
import { Badge, type Tone } from './badge.tsx';

type Status = DeliveryDocument['status'];

/** Words and colours for a delivery's states; users read "Waiting" for `pending`. */
export const DELIVERY_STATUS: Record<Status, { label: string; tone: Tone; icon: typeof Check }> = {
  pending: { label: 'Waiting', tone: 'wait', icon: Clock },
  held: { label: 'Held', tone: 'held', icon: Pause },
  delivered: { label: 'Delivered', tone: 'good', icon: Check },
  dead: { label: 'Dead', tone: 'bad', icon: CircleX },
  discarded: { label: 'Discarded', tone: 'calm', icon: Ban },
};

export function DeliveryStatusBadge({ status }: { status: Status }) {
  const { label, tone, icon: Icon } = DELIVERY_STATUS[status];
  return (
    <Badge tone={tone} icon={<Icon aria-hidden className="size-3" />}>
      {label}
    </Badge>
  );
}
