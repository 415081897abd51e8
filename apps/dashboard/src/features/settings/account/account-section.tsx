import { PasswordForm } from './password-form.tsx';
import { ProfileForm } from './profile-form.tsx';
import { SecondFactorCard } from './second-factor-card.tsx';
import { SessionsCard } from './sessions-card.tsx';

/** The user's own account, whatever their role. */
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
