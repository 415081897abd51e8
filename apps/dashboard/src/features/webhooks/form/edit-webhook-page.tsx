import type { WebhookDocument } from '@schoolbell/api-client';
import { getWebhookOptions } from '@schoolbell/api-client/queries';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { useMay } from '../../../app/session/use-me.ts';
import { Button, ButtonLink } from '../../../ui/button.tsx';
import { Note } from '../../../ui/note.tsx';
import { Page } from '../../../ui/page.tsx';
import { ProblemNote } from '../../../ui/problem-note.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { webhookName } from '../../../ui/webhook-name.ts';
import { ChangesDialog } from './changes-dialog.tsx';
import { NotYours } from './not-yours.tsx';
import { showFaults } from './show-faults.ts';
import { useChanges } from './use-changes.ts';
import { WebhookForm } from './webhook-form.tsx';
import { valuesOf, type WebhookValues } from './webhook-values.ts';

export function EditWebhookPage() {
  const { webhookId } = useParams({ from: '/shell/webhooks/$webhookId/edit' });
  const mayWrite = useMay('webhooks:write');
  const { data, error, refetch } = useQuery(getWebhookOptions({ path: { id: webhookId } }));
  const [opened, setOpened] = useState<WebhookDocument>();
  // The webhook as it was when the form was opened: later answers must not change fields while the user types.
  if (data && !opened) setOpened(data);
  return (
    <Page title={opened ? `Edit ${webhookName(opened)}` : 'Edit webhook'}>
      {!mayWrite && <NotYours />}
      {mayWrite && error && !opened && (
        <ProblemNote
          error={error}
          title="The webhook could not be loaded"
          onRetry={() => void refetch()}
        />
      )}
      {mayWrite && !opened && !error && <Skeleton className="h-130" label="Loading the webhook" />}
      {mayWrite && opened && <EditWebhook key={webhookId} opened={opened} />}
    </Page>
  );
}

function EditWebhook({ opened }: { opened: WebhookDocument }) {
  const form = useForm<WebhookValues>({ defaultValues: valuesOf(opened) });
  const [isAtFields, setAtFields] = useState(false);
  const changes = useChanges(opened, (error) => setAtFields(showFaults(form, error)));
  const review = () => {
    form.clearErrors();
    setAtFields(false);
    changes.review(form.getValues());
  };
  const { reviewed } = changes;
  return (
    <WebhookForm form={form} stored={opened} onSubmit={review}>
      {isAtFields && (
        <Note tone="bad" title="It was not saved">
          <p>Each error is shown at its field.</p>
        </Note>
      )}
      {changes.isSame && (
        <Note tone="calm" role="status" title="Nothing was changed">
          <p>The webhook already has these settings.</p>
        </Note>
      )}
      {changes.reviewError && (
        <ProblemNote
          error={changes.reviewError}
          title="Your changes could not be compared"
          onRetry={review}
        />
      )}
      <div className="flex flex-wrap gap-2 pt-1">
        <Button type="submit" look="primary" busy={changes.isReviewing && 'Comparing …'}>
          Review and save
        </Button>
        <ButtonLink look="quiet" to="/webhooks/$webhookId" params={{ webhookId: opened.id }}>
          Cancel
        </ButtonLink>
      </div>
      {reviewed && !isAtFields && (
        <ChangesDialog
          {...reviewed}
          error={changes.saveError}
          saving={changes.isSaving}
          onSave={changes.save}
          onClose={changes.close}
        />
      )}
    </WebhookForm>
  );
}
