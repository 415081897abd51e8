import { useQuery } from '@tanstack/react-query';
import { getSettingsOptions } from '@schoolbell/api-client/queries';
import { useMay } from '../../../app/session/use-me.ts';
import { ProblemNote } from '../../../ui/problem-note.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { EmailsForm } from './emails-form.tsx';
import { PeopleRules } from './people-rules.tsx';
import { ScormRules } from './scorm-rules.tsx';
import { TimeZoneForm } from './time-zone-form.tsx';

/** The tenant's own settings; visible to everybody who sees webhooks, changed by owners. */
export function GeneralSection() {
  const { data, error, refetch } = useQuery(getSettingsOptions());
  const mayChange = useMay('users:write');
  if (!data && error) return <ProblemNote error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton className="h-96 w-full" label="Loading the settings" />;
  const props = { settings: data, mayChange };
  return (
    <>
      {!mayChange && <p className="text-muted">Only owners change these.</p>}
      <EmailsForm {...props} />
      <TimeZoneForm {...props} />
      <PeopleRules {...props} />
      <ScormRules {...props} />
    </>
  );
}
