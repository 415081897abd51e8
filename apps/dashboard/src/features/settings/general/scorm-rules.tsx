import { Section } from '../../../ui/card.tsx';
import { ProblemNote } from '../../../ui/problem-note.tsx';
import { Switch } from '../../../ui/switch.tsx';
import { type SettingsPart, useChangeSettings } from './use-change-settings.ts';

/** How commits of SCORM players become events. */
export function ScormRules({ settings, mayChange }: SettingsPart) {
  const change = useChangeSettings();
  const { completionOnFailed, applyThresholds } = settings.scormRules;
  const disabled = !mayChange || change.isPending;
  return (
    <Section title="SCORM" note="How commits of players are read. A change applies from then on.">
      <div className="flex max-w-xl flex-col gap-4">
        <Switch
          checked={completionOnFailed}
          disabled={disabled}
          onChange={(on) => change.mutate({ body: { scormRules: { completionOnFailed: on } } })}
          note="SCORM 1.2 has one status for both. When this is on, failed counts as completed and failed; when off, as incomplete and failed."
        >
          “Failed” is completed
        </Switch>
        <Switch
          checked={applyThresholds}
          disabled={disabled}
          onChange={(on) => change.mutate({ body: { scormRules: { applyThresholds: on } } })}
          note="Mastery score, completion threshold and passing score of the package override what its content says."
        >
          Thresholds of the package decide
        </Switch>
        {change.error && <ProblemNote error={change.error} />}
      </div>
    </Section>
  );
}
