import { CollapsedSection } from '../collapsed-section.tsx';
import { NamedValues } from '../named-values.tsx';

const MOST = 50;

/** Names and values for the user's own purposes. */
export function MetadataSection() {
  return (
    <CollapsedSection title="Metadata" says={['metadata']} fields={['metadata']}>
      <p className="text-sm text-muted">
        Yours to use, such as for a team or a customer number; templates see it as webhook.metadata.
      </p>
      <NamedValues name="metadata" noun="entry" most={MOST} />
    </CollapsedSection>
  );
}
