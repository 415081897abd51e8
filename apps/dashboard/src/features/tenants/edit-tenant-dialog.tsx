import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { TenantDocument } from '@schoolbell/api-client';
import {
  getTenantOptions,
  getTenantQueryKey,
  listTenantsQueryKey,
  updateTenantMutation,
} from '@schoolbell/api-client/queries';
import type { FormEvent } from 'react';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { limitOf } from './limit-of.ts';

/** A tenant's name, plan and limits, which only the platform sets. */
export function EditTenantDialog({ tenantId, onClose }: { tenantId: string; onClose: () => void }) {
  const { data, error } = useQuery(getTenantOptions({ path: { id: tenantId } }));
  return (
    <Dialog
      open
      onClose={onClose}
      title="Edit the tenant"
      description="Its owners set everything else."
    >
      {!data && error && <ProblemNote error={error} />}
      {!data && !error && <Skeleton className="h-72" label="Loading the tenant" />}
      {data && <EditTenantForm tenant={data} onClose={onClose} />}
    </Dialog>
  );
}

function EditTenantForm({ tenant, onClose }: { tenant: TenantDocument; onClose: () => void }) {
  const client = useQueryClient();
  const path = { id: tenant.id };
  const change = useMutation({
    ...updateTenantMutation(),
    onSuccess: async (changed) => {
      client.setQueryData(getTenantQueryKey({ path }), changed);
      onClose();
      await client.invalidateQueries({ queryKey: listTenantsQueryKey() });
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const given = (name: string) => String(form.get(name) ?? '').trim();
    const body = {
      name: given('name'),
      monthlyLaunchLimit: limitOf(given('monthlyLaunchLimit')),
      webhookLimit: Number(given('webhookLimit')),
      eventTypeLimit: Number(given('eventTypeLimit')),
    };
    change.mutate({ path, body });
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <TextField
        label="Name"
        name="name"
        defaultValue={tenant.name}
        maxLength={255}
        required
        dir="auto"
      />
      <TextField
        label="Launches a month in its plan"
        name="monthlyLaunchLimit"
        type="number"
        min={0}
        defaultValue={tenant.monthlyLaunchLimit ?? ''}
        hint="If left empty, there is no limit. Nothing stops at it; the tenant is told at 80 % and 100 %."
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          label="Webhooks"
          name="webhookLimit"
          type="number"
          min={0}
          max={100_000}
          defaultValue={tenant.webhookLimit}
          hint="How many it may have."
          required
        />
        <TextField
          label="Event types of its own"
          name="eventTypeLimit"
          type="number"
          min={0}
          max={10_000}
          defaultValue={tenant.eventTypeLimit}
          hint="How many it may have."
          required
        />
      </div>
      {change.error && <ProblemNote error={change.error} title="Not saved" />}
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button look="primary" type="submit" busy={change.isPending && 'Saving …'}>
          Save
        </Button>
      </div>
    </form>
  );
}
