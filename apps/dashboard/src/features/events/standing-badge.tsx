import type { WebhookExplanationDocument } from '@schoolbell/api-client';
import { CircleDashed, Loader } from 'lucide-react';
import { Badge } from '../../ui/badge.tsx';
import { DeliveryStatusBadge } from '../../ui/delivery-status.tsx';

/** The state of an event at a webhook: that of its delivery, or that there is none. */
export function StandingBadge({ status }: { status: WebhookExplanationDocument['status'] }) {
  switch (status) {
    case 'unwanted':
      return (
        <Badge tone="calm" icon={<CircleDashed aria-hidden className="size-3" />}>
          Not wanted
        </Badge>
      );
    case 'fanning_out':
      return (
        <Badge tone="wait" icon={<Loader aria-hidden className="size-3" />}>
          Being sent out
        </Badge>
      );
    default:
      return <DeliveryStatusBadge status={status} />;
  }
}
