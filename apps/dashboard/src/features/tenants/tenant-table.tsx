import type { ListedTenantDocument } from '@schoolbell/api-client';
import { Check, CircleX, Moon, Pause } from 'lucide-react';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { count } from '../../ui/numbers.ts';
import { Table, Td, Th } from '../../ui/table.tsx';
import { Time } from '../../ui/time.tsx';
import { byHealth, healthWords } from './health-words.ts';
import { useChoosingTenant } from './use-choosing-tenant.ts';

const ICONS = { good: Check, bad: CircleX, held: Pause, calm: Moon };

interface TenantTableProps {
  tenants: readonly ListedTenantDocument[];
  /** The one that is looked at. */
  chosen: string | undefined;
  /** For whoever may change tenants. */
  onEdit: ((tenantId: string) => void) | undefined;
}

export function TenantTable({ tenants, chosen, onEdit }: TenantTableProps) {
  return (
    <Table label="Tenants">
      <thead>
        <tr>
          <Th>Name</Th>
          <Th>Health</Th>
          <Th numeric>Webhooks</Th>
          <Th numeric>Launches a month</Th>
          <Th>Since</Th>
          <Th>
            <span className="sr-only">Actions</span>
          </Th>
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
  const { id, name, health, monthlyLaunchLimit, createdAt } = tenant;
  const choose = useChoosingTenant();
  return (
    <tr>
      <Td className="max-w-72">
        <button
          type="button"
          title={name}
          dir="auto"
          className="block max-w-full truncate rounded text-left font-medium hover:underline"
          onClick={() => void choose(id)}
        >
          {name}
        </button>
        {isChosen && <span className="text-xs text-muted">You look at it</span>}
      </Td>
      <Td>
        <span className="flex flex-wrap gap-1">
          {healthWords(health).map(({ tone, words }) => {
            const Icon = ICONS[tone];
            return (
              <Badge key={words} tone={tone} icon={<Icon aria-hidden className="size-3" />}>
                {words}
              </Badge>
            );
          })}
        </span>
      </Td>
      <Td numeric>{count(health.webhooks)}</Td>
      <Td numeric>{monthlyLaunchLimit === null ? 'No limit' : count(monthlyLaunchLimit)}</Td>
      <Td className="whitespace-nowrap">
        <Time at={createdAt} />
      </Td>
      <Td className="text-right whitespace-nowrap">
        <span className="inline-flex gap-2">
          {onEdit && (
            <Button size="small" aria-label={`Edit ${name}`} onClick={() => onEdit(id)}>
              Edit
            </Button>
          )}
          <Button size="small" aria-label={`Look at it: ${name}`} onClick={() => void choose(id)}>
            Look at it
          </Button>
        </span>
      </Td>
    </tr>
  );
}
