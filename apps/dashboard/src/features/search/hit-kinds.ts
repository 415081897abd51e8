import type { SearchHitDocument } from '@schoolbell/api-client';
import {
  BellRing,
  Boxes,
  GraduationCap,
  ListChecks,
  type LucideIcon,
  Package,
  Send,
  ShieldX,
  Split,
  Truck,
  UserRound,
  Webhook,
} from 'lucide-react';

/** The name and the icon of each kind. */
export const HIT_KINDS: Record<
  SearchHitDocument['kind'],
  { label: string; plural: string; icon: LucideIcon }
> = {
  event: { label: 'Event', plural: 'Events', icon: BellRing },
  delivery: { label: 'Delivery', plural: 'Deliveries', icon: Truck },
  attempt: { label: 'Attempt', plural: 'Attempts', icon: Send },
  webhook: { label: 'Webhook', plural: 'Webhooks', icon: Webhook },
  batch: { label: 'Batch', plural: 'Batches', icon: Boxes },
  operation: { label: 'Operation', plural: 'Operations', icon: ListChecks },
  session: { label: 'Session', plural: 'Sessions', icon: GraduationCap },
  package: { label: 'Package', plural: 'Packages', icon: Package },
  dispatch: { label: 'Dispatch', plural: 'Dispatches', icon: Split },
  learner: { label: 'Learner', plural: 'Learners', icon: UserRound },
  event_rejection: { label: 'Refused post', plural: 'Refused posts', icon: ShieldX },
};
