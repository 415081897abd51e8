import { useQuery } from '@tanstack/react-query';
import { getTenantOptions } from '@schoolbell/api-client/queries';
import { useMe } from '../../app/session/use-me.ts';
import { useChosenTenant } from '../../app/session/use-tenant.ts';
import { visibleName } from '../../ui/visible-name.ts';

/** Names the tenant that a platform user looks at, on windows too narrow for the switcher's text. */
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
