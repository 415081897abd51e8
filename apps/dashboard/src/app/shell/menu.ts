import {
  Activity,
  BellRing,
  BookOpen,
  Building2,
  House,
  Inbox,
  type LucideIcon,
  Settings,
  Webhook,
} from 'lucide-react';

interface MenuEntry {
  to:
    | '/'
    | '/deliveries'
    | '/dead-letters'
    | '/webhooks'
    | '/events'
    | '/guide/{-$topic}'
    | '/settings/{-$section}'
    | '/tenants';
  label: string;
  icon: LucideIcon;
  /** For platform users only. */
  ofPlatform?: true;
  /** Also for a platform user who has not chosen a tenant. */
  ofNoTenant?: true;
}

export const MENU: readonly MenuEntry[] = [
  { to: '/tenants', label: 'Tenants', icon: Building2, ofPlatform: true },
  { to: '/', label: 'Home', icon: House },
  { to: '/deliveries', label: 'Deliveries', icon: Activity },
  { to: '/dead-letters', label: 'Dead letters', icon: Inbox },
  { to: '/webhooks', label: 'Webhooks', icon: Webhook },
  { to: '/events', label: 'Events', icon: BellRing },
  { to: '/guide/{-$topic}', label: 'Guide', icon: BookOpen },
  { to: '/settings/{-$section}', label: 'Settings', icon: Settings, ofNoTenant: true },
];
