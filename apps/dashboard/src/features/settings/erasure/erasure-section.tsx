import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { Section } from '../../../ui/card.tsx';
import { OperationProgress } from '../../operations/operation-progress.tsx';
import { ErasureDialog, type Erasure } from './erasure-dialog.tsx';
import { ErasureForm } from './erasure-form.tsx';

/** Erases what is stored about a learner. */
export function ErasureSection() {
  const { operation } = useSearch({ from: '/shell/settings/{-$section}' });
  const navigate = useNavigate();
  const [asked, setAsked] = useState<Erasure>();
  const show = (operationId: string) => {
    setAsked(undefined);
    void navigate({
      to: '/settings/{-$section}',
      params: { section: 'erasure' },
      search: { operation: operationId },
    });
  };
  return (
    <>
      {operation !== undefined && (
        <OperationProgress key={operation} operationId={operation} title="Erasure of a learner" />
      )}
      <Section
        title="Erase a learner"
        note="Removes what Schoolbell holds about one person. Nobody can undo it."
      >
        <div className="grid gap-6 lg:grid-cols-2">
          <ErasureForm onAsk={setAsked} />
          <WhatHappens />
        </div>
      </Section>
      <ErasureDialog asked={asked} onClose={() => setAsked(undefined)} onStarted={show} />
    </>
  );
}

function WhatHappens() {
  return (
    <div className="text-sm text-muted">
      <p className="mb-1.5 font-medium text-ink">What happens</p>
      <ul className="flex list-disc flex-col gap-1 pl-4">
        <li>
          The learner’s events keep their ids, types and times. Their contents and the ids of the
          learner go.
        </li>
        <li>What was sent, what receivers answered, and SCORM states go.</li>
        <li>Nothing of an erased event is sent again: no retry, no replay.</li>
        <li>Events that arrive after the call are new, and stay.</li>
        <li>The audit log says who asked, for whom and when; not what was erased.</li>
        <li>Receivers keep what they got. Backups are out of reach.</li>
      </ul>
    </div>
  );
}
