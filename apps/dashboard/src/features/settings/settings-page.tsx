import { Link, Navigate, useParams } from '@tanstack/react-router';
import { Page } from '../../ui/page.tsx';
import { PageMissing } from '../../ui/page-missing.tsx';
import { useChosenInSight } from '../../ui/use-chosen-in-sight.ts';
import { NotOffered } from './not-offered.tsx';
import { SECTIONS } from './sections.tsx';
import { useOfferedSections } from './use-offered-sections.ts';

/** A list of sections at the side, and the section that the address names. */
export function SettingsPage() {
  const { section } = useParams({ from: '/shell/settings/{-$section}' });
  const offered = useOfferedSections();
  const list = useChosenInSight<HTMLUListElement>(section ?? '');
  if (section === undefined) {
    return <Navigate to="/settings/{-$section}" params={{ section: 'account' }} replace />;
  }
  const shown = SECTIONS.find(({ id }) => id === section);
  if (!shown) return <PageMissing />;
  const { label, Content } = shown;
  return (
    <Page title={`${label} · Settings`} heading="Settings">
      <div className="flex flex-col gap-5 lg:flex-row lg:gap-8">
        <nav aria-label="Settings" className="lg:w-44 lg:shrink-0">
          <ul ref={list} className="flex gap-1 overflow-x-auto pb-1 lg:flex-col lg:gap-0.5 lg:pb-0">
            {offered.map(({ id, label: name, icon: Icon }) => (
              <li key={id} className="shrink-0">
                <Link
                  to="/settings/{-$section}"
                  params={{ section: id }}
                  activeOptions={{ includeSearch: false }}
                  className="flex h-9 items-center gap-2.5 rounded-md px-2.5 whitespace-nowrap text-muted hover:bg-hover hover:text-ink"
                  activeProps={{ className: 'bg-hover font-medium text-ink!' }}
                >
                  <Icon aria-hidden className="size-4" />
                  {name}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
        <div className="flex min-w-0 max-w-5xl grow flex-col gap-4">
          <h2 className="sr-only">{label}</h2>
          {offered.includes(shown) ? <Content /> : <NotOffered section={shown} />}
        </div>
      </div>
    </Page>
  );
}
