import type { ListedTenantDocument } from '@schoolbell/api-client';
import { Check, CircleX, Moon, Pause } from 'lucide-react';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { count } from '../../ui/numbers.ts';
import { ActionsTh, Table, Td, Th } from '../../ui/table.tsx';
import { Time } from '../../ui/time.tsx';
import { byHealth, healthWords } from './health-words.ts';
import { useChoosingTenant } from './use-choosing-tenant.ts';
import { visibleName } from '../../ui/visible-name.ts';

const ICONS = { good: Check, bad: CircleX, held: Pause, calm: Moon };

interface TenantTableProps {
  tenants: readonly ListedTenantDocument[];
  /** The tenant that the user looks at. */
  chosen: string | undefined;
  /** Undefined for users who may not change tenants. */
  onEdit: ((tenantId: string) => void) | undefined;
}

export function TenantTable({ tenants, chosen, onEdit }: TenantTableProps) {
  return (
    <Table label="Tenants">
      <thead>
        <tr>
          <Th>Name</Th>
          <Th from="sm">Health</Th>
          <Th numeric from="sm">
            Webhooks
          </Th>
          <Th numeric from="lg">
            Launches a month
          </Th>
          <Th from="lg">Since</Th>
          <ActionsTh />
        </tr>
      </thead>
      <tbody>
        {tenants
          .toSorted((one, other) => byHealth(one.health, other.health))
          .map((tenant) => (
            <TenantRow
              key={tenant.id}
              tenant={tenant}
              isChosen={tenant.id === chosen}
              onEdit={onEdit}
            />
          ))}
      </tbody>
    </Table>
  );
}

interface TenantRowProps {
  tenant: ListedTenantDocument;
  isChosen: boolean;
  onEdit: TenantTableProps['onEdit'];
}

function TenantRow({ tenant, isChosen, onEdit }: TenantRowProps) {
  const { id, health, monthlyLaunchLimit, createdAt } = tenant;
  const name = visibleName(tenant.name);
  const choose = useChoosingTenant();
  return (
    <tr>
      <Td className="w-full max-w-0 sm:w-auto sm:max-w-72">
        <button
          type="button"
          title={name}
          dir="auto"
          className="block max-w-full truncate rounded text-left font-medium hover:underline"
          onClick={() => void choose(id)}
        >
          {name}
        </button>
        {isChosen && <span className="block text-xs text-muted">You look at it</span>}
        {/* Where there is no room for a column. */}
        <span className="mt-1 block sm:hidden">
          <Health of={health} />
        </span>
      </Td>
      <Td from="sm">
        <Health of={health} />
      </Td>
      <Td numeric from="sm">
        {count(health.webhooks)}
      </Td>
      <Td numeric from="lg">
        {monthlyLaunchLimit === null ? 'No limit' : count(monthlyLaunchLimit)}
      </Td>
      <Td from="lg" className="whitespace-nowrap">
        <Time at={createdAt} />
      </Td>
      <Td className="text-right whitespace-nowrap">
        <span className="inline-flex gap-2">
          {onEdit && (
            <Button size="small" aria-label={`Edit ${name}`} onClick={() => onEdit(id)}>
              Edit
            </Button>
          )}
          <Button
            size="small"
            // Where there is no room for both, the name is the button.
            className={onEdit ? 'max-sm:hidden' : undefined}
            aria-label={`Look at it: ${name}`}
            onClick={() => void choose(id)}
          >
            Look at it
          </Button>
        </span>
      </Td>
    </tr>
  );
}

/** One badge for each problem. */
function Health({ of }: { of: ListedTenantDocument['health'] }) {
  return (
    <span className="flex flex-wrap gap-1">
      {healthWords(of).map(({ tone, words }) => {
        const Icon = ICONS[tone];
        return (
          <Badge key={words} tone={tone} icon={<Icon aria-hidden className="size-3" />}>
            {words}
          </Badge>
        );
      })}
    </span>
  );
}
