import { useQuery } from '@tanstack/react-query';
import { getTenantOptions } from '@schoolbell/api-client/queries';
import { useMe } from '../../app/session/use-me.ts';
import { useChosenTenant } from '../../app/session/use-tenant.ts';
import { visibleName } from '../../ui/visible-name.ts';

/** Whose pages a user of the platform looks at, in words, where the switcher has no room for them. */
export function TenantStrip() {
  const chosen = useChosenTenant();
  const isOfPlatform = useMe().tenantId === null;
  const { data } = useQuery({
    ...getTenantOptions({ path: { id: chosen ?? '' } }),
    enabled: isOfPlatform && chosen !== undefined,
  });
  if (!isOfPlatform || chosen === undefined) return null;
  return (
    <p className="truncate border-b border-line bg-wait-tint px-4 py-1.5 text-xs font-medium text-wait sm:hidden">
      You look at <bdi>{visibleName(data?.name ?? '…')}</bdi>
    </p>
  );
}
