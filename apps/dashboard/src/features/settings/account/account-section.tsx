import { PasswordForm } from './password-form.tsx';
import { ProfileForm } from './profile-form.tsx';
import { SecondFactorCard } from './second-factor-card.tsx';
import { SessionsCard } from './sessions-card.tsx';

/** One's own account, whatever the role. */
export function AccountSection() {
  return (
    <>
      <ProfileForm />
      <PasswordForm />
      <SecondFactorCard />
      <SessionsCard />
    </>
  );
}
