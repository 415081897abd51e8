import { useNavigate } from '@tanstack/react-router';
import { LogOut, ShieldCheck } from 'lucide-react';
import { Menu, MenuItem, MenuSeparator } from '../../ui/menu.tsx';
import { session } from '../api/session-of-page.ts';
import { useMe } from '../session/use-me.ts';

/** Who has signed in, their own settings, and the way out. */
export function AccountMenu() {
  const { name, email, role } = useMe();
  const navigate = useNavigate();
  return (
    <Menu
      trigger={
        <button
          type="button"
          aria-label={`Account of ${name || email}`}
          className="flex size-8 shrink-0 items-center justify-center rounded-full bg-held-tint text-xs font-semibold text-held"
        >
          {initialsOf(name || email)}
        </button>
      }
    >
      <div className="px-2.5 py-1.5">
        <p className="font-medium">{name}</p>
        <p className="text-xs text-muted">
          {email} · {role.replace('_', ' ')}
        </p>
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
        onSelect={() => void session.end()}
      >
        Sign out
      </MenuItem>
    </Menu>
  );
}

function initialsOf(name: string): string {
  const [first = '', last = ''] = name.split(/[\s.@]+/);
  return (first.slice(0, 1) + last.slice(0, 1)).toUpperCase();
}
