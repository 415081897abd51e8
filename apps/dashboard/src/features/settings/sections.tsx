import type { MeDocument } from '@schoolbell/api-client';
import {
  ChartNoAxesColumn,
  Eraser,
  KeyRound,
  type LucideIcon,
  Mail,
  ScrollText,
  Shapes,
  SlidersHorizontal,
  UserRound,
  Users,
} from 'lucide-react';
import type { ComponentType } from 'react';
import { AccountSection } from './account/account-section.tsx';
import { ApiKeysSection } from './api-keys/api-keys-section.tsx';
import { AuditLogSection } from './audit-log/audit-log-section.tsx';
import { ErasureSection } from './erasure/erasure-section.tsx';
import { EventTypesSection } from './event-types/event-types-section.tsx';
import { GeneralSection } from './general/general-section.tsx';
import { MailsSection } from './mails/mails-section.tsx';
import { UsageSection } from './usage/usage-section.tsx';
import { UsersSection } from './users/users-section.tsx';

export interface SettingsSection {
  /** The section's name in the address. */
  id: string;
  label: string;
  icon: LucideIcon;
  /** Who is offered it; everybody if undefined. */
  permission?: MeDocument['permissions'][number];
  /** Needs a tenant. */
  ofTenant?: true;
  Content: ComponentType;
}

export const SECTIONS: readonly SettingsSection[] = [
  { id: 'account', label: 'Your account', icon: UserRound, Content: AccountSection },
  {
    id: 'general',
    label: 'General',
    icon: SlidersHorizontal,
    permission: 'webhooks:read',
    ofTenant: true,
    Content: GeneralSection,
  },
  {
    id: 'users',
    label: 'Users',
    icon: Users,
    permission: 'users:write',
    Content: UsersSection,
  },
  {
    id: 'api-keys',
    label: 'API keys',
    icon: KeyRound,
    permission: 'keys:write',
    ofTenant: true,
    Content: ApiKeysSection,
  },
  {
    id: 'event-types',
    label: 'Event types',
    icon: Shapes,
    permission: 'webhooks:read',
    ofTenant: true,
    Content: EventTypesSection,
  },
  {
    id: 'usage',
    label: 'Usage',
    icon: ChartNoAxesColumn,
    permission: 'usage:read',
    ofTenant: true,
    Content: UsageSection,
  },
  {
    id: 'audit-log',
    label: 'Audit log',
    icon: ScrollText,
    permission: 'audit:read',
    Content: AuditLogSection,
  },
  { id: 'mails', label: 'E-mails', icon: Mail, permission: 'audit:read', Content: MailsSection },
  {
    id: 'erasure',
    label: 'Erasure',
    icon: Eraser,
    permission: 'users:write',
    ofTenant: true,
    Content: ErasureSection,
  },
];
