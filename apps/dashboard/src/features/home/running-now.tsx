import { Section } from '../../ui/card.tsx';
import { RunningOperations } from '../operations/running-operations.tsx';

/** What goes on in the background at this moment, whoever began it. */
export function RunningNow() {
  return (
    <Section title="Running operations">
      <RunningOperations />
    </Section>
  );
}
