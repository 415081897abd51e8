import type { WebhookDocument } from '@schoolbell/api-client';
import type { Group } from '../../ui/dead-letter-groups.ts';

/** What a group's row and its actions need. */
export interface GroupRowProps {
  group: Group;
  /** Undefined when the webhook was deleted. */
  webhook: WebhookDocument | undefined;
  isExact: boolean;
  /** Called when one delivery of the group is retried. */
  onTry: () => void;
}
