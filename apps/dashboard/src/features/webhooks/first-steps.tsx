import { Card } from '../../ui/card.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useMay } from '../../app/session/use-me.ts';
import { Link } from '@tanstack/react-router';
import { Webhook } from 'lucide-react';
import { FIRST_CHOICES } from './first-steps/first-choices.ts';
import { ReceiveStep } from './first-steps/receive-step.tsx';
import { StepHeading } from './first-steps/step-heading.tsx';
import { useSetUp } from './first-steps/use-set-up.ts';
import { WhereStep } from './first-steps/where-step.tsx';
import { WhichStep } from './first-steps/which-step.tsx';

const STEPS = ['where', 'which', 'receive'] as const;

/**
 * The first webhook in three steps: where events go, which ones, and a test event that arrives. For tenants without
 * webhooks, see `useFirstSteps`. All other settings are in the form.
 */
export function FirstSteps() {
  if (!useMay('webhooks:write')) {
    return (
      <EmptyState icon={<Webhook aria-hidden className="size-6" />} title="No webhooks yet">
        A webhook sends events, such as a learner’s completion, to another system. An owner or
        developer of your organisation can set the first one up.
      </EmptyState>
    );
  }
  return <SetUp />;
}

function SetUp() {
  const setUp = useSetUp();
  const { step, url, choice } = setUp;
  const chosen = FIRST_CHOICES.find(({ value }) => value === choice)!.label;
  const stateOf = (name: (typeof STEPS)[number]) => {
    if (name === step) return 'now';
    return STEPS.indexOf(name) < STEPS.indexOf(step) ? 'done' : 'later';
  };
  return (
    <Card aria-labelledby="first-steps" className="max-w-3xl p-5">
      <h2 id="first-steps" className="text-lg font-semibold">
        Set up your first webhook
      </h2>
      <p className="mb-5 text-muted">
        Three steps to a system that hears of what learners do, the moment it happens. For the
        format of another platform, or credentials,{' '}
        <Link to="/webhooks/new" className="text-link underline">
          use the whole form
        </Link>
        .
      </p>
      <ol className="mb-5 grid grid-cols-3 gap-3">
        <StepHeading
          number={1}
          title="Where should events go?"
          state={stateOf('where')}
          answer={step === 'where' ? undefined : url}
        />
        <StepHeading
          number={2}
          title="Which events?"
          state={stateOf('which')}
          answer={step === 'receive' ? chosen : undefined}
        />
        <StepHeading number={3} title="Receive a test event" state={stateOf('receive')} />
      </ol>
      <StepContent setUp={setUp} />
    </Card>
  );
}

/** The content of the present step. */
function StepContent({ setUp }: { setUp: ReturnType<typeof useSetUp> }) {
  const { step, setStep, url, choice, webhookId, save, test } = setUp;
  switch (step) {
    case 'where':
      return (
        <WhereStep
          url={url}
          onUrl={setUp.setUrl}
          error={setUp.urlFault}
          busy={setUp.check.isPending}
          onNext={setUp.checkUrl}
        />
      );
    case 'which':
      return (
        <WhichStep
          choice={choice}
          onChoice={setUp.setChoice}
          error={save.error}
          busy={save.isPending}
          onBack={() => setStep('where')}
          onNext={setUp.createAndSend}
        />
      );
    case 'receive':
      return (
        webhookId !== undefined && (
          <ReceiveStep
            webhookId={webhookId}
            test={test.data}
            error={test.error}
            sending={test.isPending}
            onSend={setUp.sendAgain}
            onChangeUrl={() => setStep('where')}
          />
        )
      );
  }
}
