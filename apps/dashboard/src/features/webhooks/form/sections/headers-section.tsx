import { CollapsedSection } from '../collapsed-section.tsx';
import { FormCheckbox } from '../form-fields.tsx';
import { NamedValues } from '../named-values.tsx';

const MOST = 20;

/** The user's own headers on every request. */
export function HeadersSection() {
  return (
    <CollapsedSection title="Headers" says={['headers', 'tracing']} fields={['headers', 'tracing']}>
      <p className="text-sm text-muted">
        Sent with every request. <code className="font-mono">{'{{type}}'}</code>,{' '}
        <code className="font-mono">{'{{eventId}}'}</code> and{' '}
        <code className="font-mono">{'{{deliveryId}}'}</code> in a value are filled in. Values of
        sensitive headers, such as Authorization, are masked once they are stored; a mask that is
        left as it is keeps its value.
      </p>
      <NamedValues name="headers" noun="header" most={MOST} />
      <FormCheckbox name="tracing" note="Each request has a traceparent (W3C Trace Context).">
        Tell the receiver of traces
      </FormCheckbox>
    </CollapsedSection>
  );
}
