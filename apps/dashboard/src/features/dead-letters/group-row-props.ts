import type { WebhookDocument } from '@schoolbell/api-client';
import type { Group } from '../../ui/dead-letter-groups.ts';

/** What a group is shown and acted on by. */
export interface GroupRowProps {
  group: Group;
  /** Undefined of a deleted one. */
  webhook: WebhookDocument | undefined;
  isExact: boolean;
  /** Called when one of the group is retried. */
  onTry: () => void;
}
