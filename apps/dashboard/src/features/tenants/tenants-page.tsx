import { useNavigate, useSearch } from '@tanstack/react-router';
import { Building2, Plus } from 'lucide-react';
import { useState } from 'react';
import { useMay } from '../../app/session/use-me.ts';
import { useChosenTenant } from '../../app/session/use-tenant.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { TextField } from '../../ui/field.tsx';
import { Page } from '../../ui/page.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { EditTenantDialog } from './edit-tenant-dialog.tsx';
import { NewTenantDialog } from './new-tenant-dialog.tsx';
import { TenantTable } from './tenant-table.tsx';
import { useAllTenants } from './use-all-tenants.ts';

const LOOK_EVERY_MS = 30_000;

/** All tenants with their health; choosing one switches to it. */
export function TenantsPage() {
  const { q = '', edit } = useSearch({ from: '/shell/tenants' });
  const navigate = useNavigate();
  const { data, error, refetch } = useAllTenants({ every: LOOK_EVERY_MS });
  const mayChange = useMay('platform');
  const chosen = useChosenTenant();
  const [creating, setCreating] = useState(false);
  const search = (next: { q?: string | undefined; edit?: string | undefined }) =>
    void navigate({ to: '/tenants', search: { q: q || undefined, edit, ...next }, replace: true });
  const found = data?.tenants.filter(({ name, id }) =>
    [name.toLowerCase(), id].some((text) => text.includes(q.trim().toLowerCase())),
  );
  return (
    <Page
      title="Tenants"
      note={chosen === undefined ? 'Choose the tenant that you want to look at.' : undefined}
      actions={
        mayChange && (
          <Button
            look="primary"
            icon={<Plus aria-hidden className="size-4" />}
            onClick={() => setCreating(true)}
          >
            New tenant
          </Button>
        )
      }
    >
      <TextField
        label="Search"
        className="sm:max-w-xs"
        type="search"
        value={q}
        placeholder="Name or id"
        onChange={({ currentTarget }) => search({ q: currentTarget.value || undefined })}
      />
      {!data && error && <ProblemNote error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton className="h-64 w-full" label="Loading tenants" />}
      {found?.length === 0 && <NoTenant searched={q !== ''} />}
      {found && found.length > 0 && (
        <TenantTable
          tenants={found}
          chosen={chosen}
          onEdit={mayChange ? (tenantId) => search({ edit: tenantId }) : undefined}
        />
      )}
      {data?.hasMore && <p className="text-sm text-muted">These are the newest 1,000 tenants.</p>}
      <NewTenantDialog open={creating} onClose={() => setCreating(false)} />
      {mayChange && edit !== undefined && (
        <EditTenantDialog key={edit} tenantId={edit} onClose={() => search({ edit: undefined })} />
      )}
    </Page>
  );
}

function NoTenant({ searched }: { searched: boolean }) {
  return (
    <EmptyState
      icon={<Building2 aria-hidden className="size-8" />}
      title={searched ? 'No tenant matches' : 'No tenants yet'}
    >
      {searched
        ? 'Search for a part of the name, or for the id.'
        : 'A tenant is a customer organisation: it has webhooks, users and keys of its own.'}
    </EmptyState>
  );
}
