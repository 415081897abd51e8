import { useNavigate } from '@tanstack/react-router';
import { LogOut, ShieldCheck } from 'lucide-react';
import { Menu, MenuItem, MenuSeparator } from '../../ui/menu.tsx';
import { useToast } from '../../ui/toasts.tsx';
import { session } from '../api/session-of-page.ts';
import { useMe } from '../session/use-me.ts';
import { AccountButton } from './account-button.tsx';
import { visibleName } from '../../ui/visible-name.ts';

/** The signed-in user, their own settings, and the way to sign out. Open when it appears. */
export function OpenedAccountMenu() {
  const { name, email, role } = useMe();
  const navigate = useNavigate();
  const toasts = useToast();
  return (
    <Menu defaultOpen trigger={<AccountButton name={visibleName(name || email)} />}>
      <div className="px-2.5 py-1.5">
        <p className="max-w-64 truncate font-medium" dir="auto">
          {visibleName(name)}
        </p>
        <p className="max-w-64 truncate text-xs text-muted" title={email}>
          {email}
        </p>
        <p className="text-xs text-muted">{role.replace('_', ' ')}</p>
      </div>
      <MenuSeparator />
      <MenuItem
        icon={<ShieldCheck aria-hidden className="size-4" />}
        onSelect={() =>
          void navigate({ to: '/settings/{-$section}', params: { section: 'account' } })
        }
      >
        Your account
      </MenuItem>
      <MenuItem
        icon={<LogOut aria-hidden className="size-4" />}
        onSelect={() =>
          void session.end().catch(() =>
            toasts.add({
              title: 'You are still signed in',
              description: 'The API could not be reached. Try again in a moment.',
            }),
          )
        }
      >
        Sign out
      </MenuItem>
    </Menu>
  );
}
