import { ButtonLink } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';

/** Shown if the address leads to a form that the user's role may not use. */
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
