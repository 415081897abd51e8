import { useMe } from '../../app/session/use-me.ts';
import { useTenantId } from '../../app/session/use-tenant.ts';
import { Note } from '../../ui/note.tsx';
import type { SettingsSection } from './sections.tsx';

/** Replaces a section that a link leads to and the user is not offered. */
export function NotOffered({ section }: { section: SettingsSection }) {
  const { role } = useMe();
  const needsTenant = useTenantId() === undefined && section.ofTenant;
  if (needsTenant) {
    return (
      <Note tone="calm" title="Each tenant has its own">
        <p>Choose the tenant that you want to look at, at the top of the page.</p>
      </Note>
    );
  }
  return (
    <Note tone="calm" title="This is not for your role">
      <p>Yours is {role.replace('_', ' ')}. Whoever manages users can give you another one.</p>
    </Note>
  );
}
