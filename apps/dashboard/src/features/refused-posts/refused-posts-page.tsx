import { Page } from '../../ui/page.tsx';

export function RefusedPostsPage() {
  return <Page title="Refused posts">…</Page>;
}
