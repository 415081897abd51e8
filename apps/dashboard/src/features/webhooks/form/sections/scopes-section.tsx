import { CollapsedSection } from '../collapsed-section.tsx';
import { FormTextArea } from '../form-fields.tsx';

/** Limits the webhook to some packages or dispatches. */
export function ScopesSection() {
  return (
    <CollapsedSection
      title="Packages and dispatches"
      says={['scopes']}
      fields={['packageIds', 'dispatchIds']}
    >
      <p className="text-sm text-muted">
        If left empty, the webhook gets the events of all. Otherwise it gets those of the packages
        and dispatches that are listed here.
      </p>
      <div className="grid gap-4 sm:grid-cols-2">
        <FormTextArea
          name="packageIds"
          label="Package ids"
          hint="One a line."
          placeholder="pkg_def456"
          rows={3}
          mono
        />
        <FormTextArea
          name="dispatchIds"
          label="Dispatch ids"
          hint="One a line."
          placeholder="dsp_ghi789"
          rows={3}
          mono
        />
      </div>
    </CollapsedSection>
  );
}
