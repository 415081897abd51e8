import { Button } from '../../../ui/button.tsx';
import { ProblemNote } from '../../../ui/problem-note.tsx';
import { ChoiceList } from '../choice-list.tsx';
import { FIRST_CHOICES, type FirstChoice } from './first-choices.ts';

interface WhichStepProps {
  choice: FirstChoice;
  onChoice: (choice: FirstChoice) => void;
  error: unknown;
  busy: boolean;
  onBack: () => void;
  onNext: () => void;
}

/** Which events go there. */
export function WhichStep({ choice, onChoice, error, busy, onBack, onNext }: WhichStepProps) {
  return (
    <div className="flex flex-col gap-3">
      <ChoiceList label="Which events" value={choice} onChange={onChoice} choices={FIRST_CHOICES} />
      <p className="text-sm text-muted">
        Formats, headers, filters and all the rest can be set afterwards.
      </p>
      {error !== null && <ProblemNote error={error} title="The webhook was not created" />}
      <div className="flex flex-wrap gap-2">
        <Button look="primary" busy={busy && 'Creating and sending …'} onClick={onNext}>
          Create it and send a test event
        </Button>
        <Button look="quiet" onClick={onBack}>
          Back
        </Button>
      </div>
    </div>
  );
}
