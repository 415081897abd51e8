import type { OperationDocument } from '@schoolbell/api-client';
import { Ban, Check, CircleX, LoaderCircle } from 'lucide-react';
import { Badge, type Tone } from '../../ui/badge.tsx';

type Status = OperationDocument['status'];

const STATES: Record<Status, { label: string; tone: Tone; icon: typeof Check }> = {
  running: { label: 'Running', tone: 'wait', icon: LoaderCircle },
  completed: { label: 'Done', tone: 'good', icon: Check },
  cancelled: { label: 'Cancelled', tone: 'calm', icon: Ban },
  failed: { label: 'Stopped', tone: 'bad', icon: CircleX },
};

/** The state of an operation, in a word. */
export function OperationState({ status }: { status: Status }) {
  const { label, tone, icon: Icon } = STATES[status];
  return (
    <Badge tone={tone} icon={<Icon aria-hidden className="size-3" />}>
      {label}
    </Badge>
  );
}
