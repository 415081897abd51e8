import { Webhook } from 'lucide-react';
import { useMay } from '../../app/session/use-me.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';

/** Of a tenant without webhooks: how it begins. */
export function FirstWebhook() {
  const mayAdd = useMay('webhooks:write');
  return (
    <Card>
      <EmptyState
        icon={<Webhook aria-hidden className="size-8" />}
        title="No webhook yet"
        actions={
          mayAdd && (
            <ButtonLink to="/webhooks/new" look="primary">
              Register a webhook
            </ButtonLink>
          )
        }
      >
        A webhook says where events of your courses are sent, and which ones.
        {mayAdd
          ? ' Register one, send a test event, and see here how it goes.'
          : ' Ask an owner or a developer of your organisation to register one.'}
      </EmptyState>
    </Card>
  );
}
