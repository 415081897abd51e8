import type { WebhookDocument } from '@schoolbell/api-client';
import { Check, CircleX, Moon, Pause } from 'lucide-react';
import { Badge, type Tone } from './badge.tsx';

type Health = NonNullable<WebhookDocument['health']>;

export const WEBHOOK_HEALTH: Record<Health, { label: string; tone: Tone; icon: typeof Check }> = {
  ok: { label: 'OK', tone: 'good', icon: Check },
  failing: { label: 'Failing', tone: 'bad', icon: CircleX },
  paused: { label: 'Paused', tone: 'held', icon: Pause },
  idle: { label: 'Idle', tone: 'calm', icon: Moon },
};

export function WebhookHealthBadge({ health }: { health: Health }) {
  const { label, tone, icon: Icon } = WEBHOOK_HEALTH[health];
  return (
    <Badge tone={tone} icon={<Icon aria-hidden className="size-3" />}>
      {label}
    </Badge>
  );
}
