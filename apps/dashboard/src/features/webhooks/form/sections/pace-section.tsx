import { CollapsedSection } from '../collapsed-section.tsx';
import { FormText } from '../form-fields.tsx';

/** Timeout, rate limit, automatic pause, and the fallback. */
export function PaceSection() {
  return (
    <CollapsedSection
      title="Time-out and limits"
      says={['timeoutSeconds', 'rateLimit', 'autoPauseAfter', 'fallbackUrl']}
      fields={['timeoutSeconds', 'rateLimit', 'autoPauseAfter', 'fallbackUrl']}
    >
      <div className="grid gap-4 sm:grid-cols-3">
        <FormText
          name="timeoutSeconds"
          label="Time-out, seconds"
          inputMode="numeric"
          hint="For a whole attempt: 1 to 30."
        />
        <FormText
          name="rateLimit"
          label="Requests a second"
          inputMode="numeric"
          placeholder="No limit"
          hint="At most, without bursts: 1 to 1,000."
        />
        <FormText
          name="autoPauseAfter"
          label="Pause after failures"
          inputMode="numeric"
          hint="The number of failed attempts in a row; 0 for never."
        />
      </div>
      <FormText
        name="fallbackUrl"
        label="Fallback URL (optional)"
        hint="Dead letters are sent to it too, by the same schedule."
        mono
      />
    </CollapsedSection>
  );
}
