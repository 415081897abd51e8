import type { UserDocument } from '@schoolbell/api-client';
import { EllipsisVertical, MailPlus, ShieldOff, Trash2, UserCog } from 'lucide-react';
import { useMe } from '../../../app/session/use-me.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { Menu, MenuItem, MenuSeparator } from '../../../ui/menu.tsx';
import { ActionsTh, Table, Td, Th } from '../../../ui/table.tsx';
import { Time } from '../../../ui/time.tsx';
import { ROLE_WORDS } from './role-words.ts';
import type { UserTask } from './user-dialogs.tsx';
import { visibleName } from '../../../ui/visible-name.ts';

interface UserTableProps {
  users: readonly UserDocument[];
  onTask: (task: UserTask) => void;
}

export function UserTable({ users, onTask }: UserTableProps) {
  return (
    <Table label="Users">
      <thead>
        <tr>
          <Th>Name</Th>
          <Th from="sm">Role</Th>
          <Th from="sm">Second factor</Th>
          <Th from="sm">Last sign-in</Th>
          <ActionsTh />
        </tr>
      </thead>
      <tbody>
        {users.map((user) => (
          <UserRow key={user.id} user={user} onTask={onTask} />
        ))}
      </tbody>
    </Table>
  );
}

function UserRow({ user, onTask }: { user: UserDocument; onTask: UserTableProps['onTask'] }) {
  const isInvited = user.status === 'invited';
  return (
    <tr>
      <Td className="w-full max-w-0 sm:w-auto sm:max-w-72">
        <span className="block truncate font-medium" title={visibleName(user.name)} dir="auto">
          {visibleName(user.name)}
        </span>
        <span className="block truncate text-sm text-muted" title={visibleName(user.email)}>
          {visibleName(user.email)}
        </span>
        {/* Where there is no room for columns. */}
        <span className="mt-0.5 flex flex-wrap items-center gap-x-2 text-sm sm:hidden">
          <span>{ROLE_WORDS[user.role].label}</span>
          {isInvited ? <LastSignIn user={user} /> : user.secondFactor && <span>Second factor</span>}
        </span>
      </Td>
      <Td from="sm" className="whitespace-nowrap">
        {ROLE_WORDS[user.role].label}
      </Td>
      <Td from="sm">
        {isInvited ? (
          <span className="text-muted">–</span>
        ) : user.secondFactor ? (
          'In use'
        ) : (
          <span className="text-muted">None</span>
        )}
      </Td>
      <Td from="sm" className="whitespace-nowrap">
        <LastSignIn user={user} />
      </Td>
      <Td className="w-12 text-right">
        <UserMenu user={user} onTask={onTask} />
      </Td>
    </tr>
  );
}

function LastSignIn({ user: { status, lastLoginAt, createdAt } }: { user: UserDocument }) {
  if (status === 'invited') {
    return (
      <span className="inline-flex items-center gap-2">
        <Badge tone="wait">Invited</Badge>
        <Time at={createdAt} className="text-sm text-muted" />
      </span>
    );
  }
  return lastLoginAt ? <Time at={lastLoginAt} /> : <span className="text-muted">Never</span>;
}

/** The actions on a user. Nobody can remove themselves by mistake, nor their own second factor. */
function UserMenu({ user, onTask }: { user: UserDocument; onTask: UserTableProps['onTask'] }) {
  const isMe = useMe().id === user.id;
  const isInvited = user.status === 'invited';
  return (
    <Menu
      trigger={
        <Button
          look="quiet"
          size="icon"
          aria-label={`What to do with ${visibleName(user.email)}`}
          icon={<EllipsisVertical aria-hidden className="size-4" />}
        />
      }
    >
      <MenuItem
        icon={<UserCog aria-hidden className="size-4" />}
        onSelect={() => onTask({ kind: 'role', user })}
      >
        Change the role
      </MenuItem>
      {isInvited && (
        <MenuItem
          icon={<MailPlus aria-hidden className="size-4" />}
          onSelect={() => onTask({ kind: 'invite-again', user })}
        >
          Send the invitation again
        </MenuItem>
      )}
      {user.secondFactor && !isMe && (
        <MenuItem
          icon={<ShieldOff aria-hidden className="size-4" />}
          onSelect={() => onTask({ kind: 'reset-totp', user })}
        >
          Reset the second factor
        </MenuItem>
      )}
      <MenuSeparator />
      <MenuItem
        danger
        icon={<Trash2 aria-hidden className="size-4" />}
        onSelect={() => onTask({ kind: 'remove', user })}
      >
        {isInvited ? 'Withdraw the invitation' : isMe ? 'Remove yourself' : 'Remove'}
      </MenuItem>
    </Menu>
  );
}
