import { ButtonLink } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';

/** For whoever came by an address to what their role may not change. */
export function NotYours() {
  return (
    <EmptyState
      title="Your role changes no webhooks"
      actions={<ButtonLink to="/webhooks">All webhooks</ButtonLink>}
    >
      Owners and developers of your organisation can.
    </EmptyState>
  );
}
