import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Role } from '@schoolbell/api-client';
import { createUserMutation, listUsersInfiniteQueryKey } from '@schoolbell/api-client/queries';
import { type FormEvent, useState } from 'react';
import { useMay } from '../../../app/session/use-me.ts';
import { useTenantId } from '../../../app/session/use-tenant.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { TextField } from '../../../ui/field.tsx';
import { ProblemNote } from '../../../ui/problem-note.tsx';
import { SelectField } from '../../../ui/select-field.tsx';
import { useToast } from '../../../ui/toasts.tsx';
import { rolesOf } from './role-words.ts';

export function InviteDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title="Invite somebody"
      description="They get an e-mail with a link that works once, within 72 hours."
    >
      <InviteForm onClose={onClose} />
    </Dialog>
  );
}

function InviteForm({ onClose }: { onClose: () => void }) {
  const tenantId = useTenantId();
  const seesLinks = useMay('platform');
  const roles = rolesOf(tenantId);
  const [role, setRole] = useState<Role>(roles[1]!.value);
  const client = useQueryClient();
  const toasts = useToast();
  const invite = useMutation({
    ...createUserMutation(),
    onSuccess: async ({ email }) => {
      const links = 'Without a mail server, the link is under E-mails.';
      toasts.add({ title: `${email} is invited`, ...(seesLinks && { description: links }) });
      onClose();
      await client.invalidateQueries({ queryKey: listUsersInfiniteQueryKey() });
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const given = (name: string) => String(form.get(name)).trim();
    invite.mutate({ body: { email: given('email'), name: given('name'), role } });
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <TextField label="E-mail" name="email" type="email" autoComplete="off" required autoFocus />
      <TextField label="Name" name="name" maxLength={255} autoComplete="off" required />
      <SelectField label="Role" value={role} onChange={setRole} choices={roles} />
      {invite.error && <ProblemNote error={invite.error} title="Not invited" />}
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button look="primary" type="submit" busy={invite.isPending && 'Inviting …'}>
          Invite
        </Button>
      </div>
    </form>
  );
}
