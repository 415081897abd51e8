import { Combobox } from '@base-ui/react/combobox';
import { useQuery } from '@tanstack/react-query';
import type { TenantDocument } from '@schoolbell/api-client';
import { getTenantOptions } from '@schoolbell/api-client/queries';
import { Building2, Check, ChevronsUpDown } from 'lucide-react';
import { useChosenTenant } from '../../app/session/use-tenant.ts';
import { CONTROL } from '../../ui/control.ts';
import { cx } from '../../ui/cx.ts';
import { useAllTenants } from './use-all-tenants.ts';
import { useChoosingTenant } from './use-choosing-tenant.ts';
import { visibleName } from '../../ui/visible-name.ts';

type Choice = Pick<TenantDocument, 'id' | 'name'>;

/** The present tenant, and a searchable list of all. */
export function TenantCombobox() {
  const chosen = useChosenTenant();
  const { data: tenant } = useQuery({
    ...getTenantOptions({ path: { id: chosen ?? '' } }),
    enabled: chosen !== undefined,
  });
  const { data: all } = useAllTenants();
  const choose = useChoosingTenant();
  const value: Choice | null =
    chosen === undefined ? null : { id: chosen, name: visibleName(tenant?.name ?? '…') };
  return (
    <Combobox.Root<Choice>
      items={all?.tenants ?? []}
      value={value}
      onValueChange={(next) => next && next.id !== chosen && void choose(next.id)}
      itemToStringLabel={({ name }) => name}
      isItemEqualToValue={(one, other) => one.id === other.id}
      autoHighlight
      highlightItemOnHover={false}
    >
      <Combobox.Trigger
        aria-label={value ? `Tenant: ${value.name}. Choose another` : 'Choose a tenant'}
        className={cx(
          'flex h-9 w-9 shrink-0 items-center justify-center gap-2 rounded-md border px-0 sm:w-52 sm:justify-between sm:px-2.5',
          value
            ? 'border-transparent bg-wait-tint font-medium text-wait'
            : 'border-line bg-raised text-muted',
        )}
      >
        <Building2 aria-hidden className="size-4 shrink-0" />
        <span
          className="hidden min-w-0 grow truncate text-left sm:block"
          title={value?.name}
          dir="auto"
        >
          {value?.name ?? 'Choose a tenant'}
        </span>
        <ChevronsUpDown aria-hidden className="hidden size-4 shrink-0 sm:block" />
      </Combobox.Trigger>
      <Choices hasMore={all?.hasMore ?? false} />
    </Combobox.Root>
  );
}

function Choices({ hasMore }: { hasMore: boolean }) {
  return (
    <Combobox.Portal>
      <Combobox.Positioner sideOffset={6} align="start" className="z-20 outline-none">
        <Combobox.Popup
          aria-label="Tenants"
          className="flex max-h-[min(26rem,var(--available-height))] w-72 flex-col rounded-lg border border-line bg-raised shadow-popup outline-none"
        >
          <div className="p-2">
            <Combobox.Input
              aria-label="Search tenants"
              placeholder="Search by name"
              className={cx(CONTROL, 'w-full')}
            />
          </div>
          <Combobox.Empty className="px-4 pb-3 text-sm text-muted empty:hidden">
            No tenant has this in its name.
          </Combobox.Empty>
          <Combobox.List className="min-h-0 grow overflow-y-auto overscroll-contain p-1 pt-0 empty:hidden">
            {(tenant: Choice) => (
              <Combobox.Item
                key={tenant.id}
                value={tenant}
                className="grid cursor-default grid-cols-[1fr_1rem] items-center gap-2 rounded-md px-2.5 py-1.5 outline-none select-none hover:bg-hover data-highlighted:bg-hover"
              >
                <span className="truncate" title={visibleName(tenant.name)} dir="auto">
                  {visibleName(tenant.name)}
                </span>
                <Combobox.ItemIndicator>
                  <Check aria-hidden className="size-4" />
                </Combobox.ItemIndicator>
              </Combobox.Item>
            )}
          </Combobox.List>
          {hasMore && (
            <p className="border-t border-line px-4 py-2 text-xs text-muted">
              The newest 1,000. Find an older one by any of its ids in the box at the top.
            </p>
          )}
        </Combobox.Popup>
      </Combobox.Positioner>
    </Combobox.Portal>
  );
}
