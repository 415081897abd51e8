import { Page } from '../../ui/page.tsx';

export function PasswordResetPage() {
  return <Page title="New password">…</Page>;
}
