import { Page } from '../../ui/page.tsx';

export function StoryPage() {
  return <Page title="Story">…</Page>;
}
