import { Link } from '@tanstack/react-router';
import { useMe } from '../session/use-me.ts';
import { useTenantId } from '../session/use-tenant.ts';
import { MENU } from './menu.ts';
import { MenuCount } from './menu-count.tsx';

/** Links to the pages. @param onChoose closes the drawer that holds the menu on narrow windows */
export function NavigationMenu({
  className,
  onChoose,
}: {
  className?: string;
  onChoose?: () => void;
}) {
  const { tenantId } = useMe();
  const shown = useTenantId();
  return (
    <nav aria-label="Pages" className={className}>
      <ul className="flex flex-col gap-0.5">
        {MENU.filter(({ ofPlatform, ofNoTenant }) =>
          ofPlatform ? tenantId === null : ofNoTenant || shown !== undefined,
        ).map(({ to, label, icon: Icon }) => (
          <li key={to}>
            <Link
              to={to}
              onClick={onChoose}
              activeOptions={{ exact: to === '/', includeSearch: false }}
              className="flex h-9 items-center gap-3 rounded-md px-2.5 text-muted hover:bg-hover hover:text-ink"
              activeProps={{ className: 'bg-hover font-medium text-ink!' }}
            >
              <Icon aria-hidden className="size-4.5" />
              <span className="grow">{label}</span>
              {to === '/dead-letters' && <MenuCount />}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
