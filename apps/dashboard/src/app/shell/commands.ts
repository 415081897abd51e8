import { Ban, BookOpen, Gauge, type LucideIcon, Plus, ShieldX, UserRound } from 'lucide-react';
import type { MeDocument } from '@schoolbell/api-client';
import type { LinkProps } from '@tanstack/react-router';
import { MENU } from './menu.ts';

/** A page or an action that the command palette offers. */
export interface Command {
  label: string;
  /** Other words that people use for it. */
  words: string;
  icon: LucideIcon;
  target: Pick<LinkProps, 'to' | 'params' | 'search'>;
}

type Permission = MeDocument['permissions'][number];

const ACTIONS: readonly (Command & { needs?: Permission })[] = [
  {
    label: 'New webhook',
    words: 'create add register endpoint',
    icon: Plus,
    target: { to: '/webhooks/new' },
    needs: 'webhooks:write',
  },
  {
    label: 'Refused posts',
    words: '401 403 409 413 422 503 rejected errors',
    icon: ShieldX,
    target: { to: '/events/refused' },
  },
  {
    label: 'Events that no webhook wanted',
    words: 'unwanted scope filter missing',
    icon: Ban,
    target: { to: '/events', search: { unwanted: 'true' } },
  },
  {
    label: 'Deliveries that are waiting',
    words: 'pending retry backlog',
    icon: Gauge,
    target: { to: '/deliveries', search: { status: 'pending' } },
  },
  {
    label: 'Your account',
    words: 'password second factor sessions sign out',
    icon: UserRound,
    target: { to: '/settings/{-$section}', params: { section: 'account' } },
  },
  {
    label: 'Check a signature',
    words: 'guide docs verify snippet node python php java go ruby',
    icon: BookOpen,
    target: { to: '/guide/{-$topic}', params: {} },
  },
];

/** The pages and actions that the signed-in user may use. */
export function commandsFor({ tenantId, permissions }: MeDocument): {
  pages: Command[];
  actions: Command[];
} {
  const pages = MENU.filter(({ ofPlatform }) => !ofPlatform || tenantId === null).map(
    ({ to, label, icon }) => ({
      label: `Go to ${label.toLowerCase()}`,
      words: '',
      icon,
      target: { to },
    }),
  );
  return { pages, actions: ACTIONS.filter(({ needs }) => !needs || permissions.includes(needs)) };
}

/** Whether each typed word begins a word of the command. */
export function isMeant({ label, words }: Command, typed: string): boolean {
  const known = `${label} ${words}`.toLowerCase().split(' ');
  const wanted = typed.toLowerCase().split(/\s+/).filter(Boolean);
  return wanted.every((one) => known.some((word) => word.startsWith(one)));
}
