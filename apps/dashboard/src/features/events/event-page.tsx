import { Page } from '../../ui/page.tsx';

export function EventPage() {
  return <Page title="Event">…</Page>;
}
