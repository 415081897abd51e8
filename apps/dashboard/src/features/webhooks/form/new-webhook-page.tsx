import { Page } from '../../../ui/page.tsx';

export function NewWebhookPage() {
  return <Page title="New webhook">…</Page>;
}
