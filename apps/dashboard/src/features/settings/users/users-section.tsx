import { useInfiniteQuery } from '@tanstack/react-query';
import { listUsersInfiniteOptions } from '@schoolbell/api-client/queries';
import { UserPlus, Users } from 'lucide-react';
import { useState } from 'react';
import { useTenantId } from '../../../app/session/use-tenant.ts';
import { Button } from '../../../ui/button.tsx';
import { PagedList } from '../paged-list.tsx';
import { BY_CURSOR } from '../../../app/api/by-cursor.ts';
import { InviteDialog } from './invite-dialog.tsx';
import { UserDialogs, type UserTask } from './user-dialogs.tsx';
import { UserTable } from './user-table.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';

/** The users of a tenant; without one, those of the platform. */
export function UsersSection() {
  const tenantId = useTenantId();
  const list = useInfiniteQuery({ ...listUsersInfiniteOptions(), ...BY_CURSOR });
  const users = list.data?.pages.flatMap(({ data }) => data) ?? [];
  const [inviting, setInviting] = useState(false);
  const [task, setTask] = useState<UserTask>();
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="min-w-0 flex-1 basis-40 text-muted">
          {tenantId === undefined
            ? 'Who signs in for the platform.'
            : 'Who signs in, and what each may do.'}
        </p>
        <Button
          look="primary"
          icon={<UserPlus aria-hidden className="size-4" />}
          onClick={() => setInviting(true)}
        >
          Invite
        </Button>
      </div>
      <PagedList list={list} loading="Loading users">
        {users.length === 0 ? (
          <EmptyState icon={<Users aria-hidden className="size-8" />} title="Nobody signs in yet">
            Invite an owner first: owners invite everybody else.
          </EmptyState>
        ) : (
          <UserTable users={users} onTask={setTask} />
        )}
      </PagedList>
      <InviteDialog open={inviting} onClose={() => setInviting(false)} />
      <UserDialogs task={task} onClose={() => setTask(undefined)} />
    </>
  );
}
