import { Section } from '../../ui/card.tsx';
import { RunningOperations } from '../operations/running-operations.tsx';

/** Background operations that run at the moment, whoever started them. */
export function RunningNow() {
  return (
    <Section title="Running operations">
      <RunningOperations />
    </Section>
  );
}
