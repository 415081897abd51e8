import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { UserDocument } from '@schoolbell/api-client';
import {
  getMeQueryKey,
  listUsersInfiniteQueryKey,
  updateUserMutation,
} from '@schoolbell/api-client/queries';
import { useState } from 'react';
import { useTenantId } from '../../../app/session/use-tenant.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { ProblemNote } from '../../../ui/problem-note.tsx';
import { SelectField } from '../../../ui/select-field.tsx';
import { rolesOf } from './role-words.ts';
import { visibleName } from '../../../ui/visible-name.ts';

export function RoleDialog({ user, onClose }: { user: UserDocument; onClose: () => void }) {
  const tenantId = useTenantId();
  const client = useQueryClient();
  const [role, setRole] = useState(user.role);
  const change = useMutation({
    ...updateUserMutation(),
    onSuccess: async () => {
      onClose();
      await client.invalidateQueries({ queryKey: listUsersInfiniteQueryKey() });
      await client.invalidateQueries({ queryKey: getMeQueryKey() });
    },
  });
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Role of ${visibleName(user.name || user.email)}`}
      description="A new role signs them out; they sign in again with it."
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            look="primary"
            disabled={role === user.role}
            onClick={() => change.mutate({ path: { id: user.id }, body: { role } })}
            busy={change.isPending && 'Saving …'}
          >
            Save
          </Button>
        </>
      }
    >
      <SelectField label="Role" value={role} onChange={setRole} choices={rolesOf(tenantId)} />
      {change.error && <ProblemNote error={change.error} />}
    </Dialog>
  );
}
