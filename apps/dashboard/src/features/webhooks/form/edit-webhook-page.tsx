import { Page } from '../../../ui/page.tsx';

export function EditWebhookPage() {
  return <Page title="Edit webhook">…</Page>;
}
