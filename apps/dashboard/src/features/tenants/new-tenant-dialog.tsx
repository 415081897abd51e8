import { useMutation, useQueryClient } from '@tanstack/react-query';
import { createTenant, createUser } from '@schoolbell/api-client';
import { listTenantsQueryKey } from '@schoolbell/api-client/queries';
import { type FormEvent, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { useToast } from '../../ui/toasts.tsx';
import { limitOf } from './limit-of.ts';

/** Creates a tenant and invites its first owner. */
export function NewTenantDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title="New tenant"
      description="Its first owner gets an invitation, and sets up everything else."
    >
      <NewTenantForm onClose={onClose} />
    </Dialog>
  );
}

function NewTenantForm({ onClose }: { onClose: () => void }) {
  const client = useQueryClient();
  const toasts = useToast();
  /** Kept if the owner could not be invited: trying again must not create a second tenant. */
  const [tenantId, setTenantId] = useState<string>();
  const create = useMutation({
    mutationFn: async ({ name, limit, owner, email }: ReturnType<typeof readForm>) => {
      const id =
        tenantId ?? (await createTenant({ body: { name, monthlyLaunchLimit: limitOf(limit) } })).id;
      setTenantId(id);
      const headers = { 'X-Tenant-Id': id };
      await createUser({ headers, body: { name: owner, email, role: 'owner' } });
    },
    onSuccess: (_done, { name, email }) => {
      toasts.add({
        title: `${name} was created, and ${email} was invited`,
        description: 'Without a mail server, the link is in Settings, E-mails.',
      });
      onClose();
    },
    onSettled: () => client.invalidateQueries({ queryKey: listTenantsQueryKey() }),
  });
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        create.mutate(readForm(event));
      }}
    >
      <TextField
        label="Name of the organisation"
        name="name"
        maxLength={255}
        dir="auto"
        required
        autoFocus
        readOnly={tenantId !== undefined}
      />
      <TextField
        label="Launches a month in its plan"
        name="limit"
        type="number"
        min={0}
        hint="If left empty, there is no limit."
        readOnly={tenantId !== undefined}
      />
      <TextField label="Name of the first owner" name="owner" maxLength={255} required />
      <TextField label="E-mail of the first owner" name="email" type="email" required />
      {create.error && (
        <ProblemNote
          error={create.error}
          title={
            tenantId === undefined
              ? 'Not created'
              : 'The tenant was created, but its owner was not invited'
          }
        />
      )}
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button look="primary" type="submit" busy={create.isPending && 'Creating …'}>
          {tenantId === undefined ? 'Create and invite' : 'Invite'}
        </Button>
      </div>
    </form>
  );
}

function readForm(event: FormEvent<HTMLFormElement>) {
  const form = new FormData(event.currentTarget);
  const given = (name: string) => String(form.get(name) ?? '').trim();
  return {
    name: given('name'),
    limit: given('limit'),
    owner: given('owner'),
    email: given('email'),
  };
}
