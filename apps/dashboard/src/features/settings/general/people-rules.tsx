import { useState } from 'react';
import { useMe } from '../../../app/session/use-me.ts';
import { Section } from '../../../ui/card.tsx';
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx';
import { ProblemNote } from '../../../ui/problem-note.tsx';
import { Switch } from '../../../ui/switch.tsx';
import { type SettingsPart, useChangeSettings } from './use-change-settings.ts';

/** What viewers see, and whether everybody needs a second factor. */
export function PeopleRules({ settings, mayChange }: SettingsPart) {
  const change = useChangeSettings();
  const { secondFactor, tenantId } = useMe();
  const [asking, setAsking] = useState(false);
  const demand = (secondFactorRequired: boolean) =>
    change.mutate({ body: { secondFactorRequired } }, { onSettled: () => setAsking(false) });
  const hitsMe = tenantId !== null && !secondFactor;
  return (
    <Section title="People">
      <div className="flex max-w-xl flex-col gap-4">
        <Switch
          checked={settings.secondFactorRequired}
          disabled={!mayChange || change.isPending}
          onChange={(on) => (on ? setAsking(true) : demand(false))}
          note="Users who have none can do nothing but set one up."
        >
          Require a second factor
        </Switch>
        <Switch
          checked={settings.viewersSeeBodies}
          disabled={!mayChange || change.isPending}
          onChange={(viewersSeeBodies) => change.mutate({ body: { viewersSeeBodies } })}
          note="What events hold about learners, and what was sent. When this is off, viewers see that something happened, but not what."
        >
          Viewers see contents
        </Switch>
        {change.error && <ProblemNote error={change.error} />}
      </div>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title="Require a second factor?"
        description={
          <>
            Users without one are asked to set it up as their next step
            {hitsMe && <strong>, and you are one of them</strong>}. API keys go on.
          </>
        }
        action="Require it"
        busy={change.isPending && 'Saving …'}
        error={null}
        onConfirm={() => demand(true)}
      />
    </Section>
  );
}
