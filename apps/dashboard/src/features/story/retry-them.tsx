import { useMutation } from '@tanstack/react-query';
import { CircleCheck, RotateCw } from 'lucide-react';
import { Button } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { count } from '../../ui/numbers.ts';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { useRetrying } from '../events/use-sending.ts';
import type { Outcome } from './verdict/verdict-of-retried.ts';

interface RetryThemProps {
  deliveryIds: readonly string[];
  outcome: Outcome | undefined;
  onRetry: (deliveryIds: readonly string[]) => void;
  /** Called when none of them could be sent. */
  onRefused: () => void;
}

/** As text in the place of the button, and as wide. */
const DONE =
  'disabled:justify-start disabled:bg-transparent disabled:pr-5 disabled:pl-0 disabled:text-good disabled:opacity-100';

/** Their outcome appears beside it: the page asks again until the attempts have ended. */
export function RetryThem({ deliveryIds, outcome, onRetry, onRefused }: RetryThemProps) {
  const { mutateAsync } = useRetrying();
  const all = useMutation({
    mutationFn: () => Promise.all(deliveryIds.map((id) => mutateAsync({ path: { id } }))),
    onMutate: () => onRetry(deliveryIds),
    onError: onRefused,
  });
  const arrived = outcome?.kind === 'delivered';
  const Icon = arrived ? CircleCheck : RotateCw;
  return (
    <>
      <Button
        size="small"
        look={arrived ? 'quiet' : 'primary'}
        className={cx('min-w-29', arrived && DONE)}
        icon={<Icon aria-hidden className="size-3.5" />}
        // A button that has done its work stays, so that nothing slides under the pointer.
        disabled={arrived}
        busy={(all.isPending || outcome?.kind === 'sending') && 'Sending …'}
        onClick={() => all.mutate()}
        title={arrived ? undefined : 'The event keeps its id'}
      >
        {arrived
          ? outcome.text
          : deliveryIds.length === 1
            ? 'Retry now'
            : `Retry all ${count(deliveryIds.length)} now`}
      </Button>
      {all.error && <ProblemNote error={all.error} title="Not sent" />}
    </>
  );
}
