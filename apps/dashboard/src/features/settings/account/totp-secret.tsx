import { CopyButton } from '../../../ui/copy-button.tsx';
import { QrCode } from '../../../ui/qr-code.tsx';

/** The secret for an authenticator app: as a QR code, as text to type, and as a link on the device that has the app. */
export function TotpSecret({ secret, otpauthUrl }: { secret: string; otpauthUrl: string }) {
  return (
    <div className="flex flex-col gap-4 sm:flex-row sm:items-center">
      <QrCode text={otpauthUrl} label="QR code for the authenticator app" />
      <div className="flex min-w-0 flex-col gap-2">
        <p>Scan this with the app, or enter the key there. Both are shown only once.</p>
        <div className="flex items-start gap-2 rounded-lg border border-line bg-sunken py-1.5 pr-1.5 pl-3.5">
          <code
            aria-label="Key for the authenticator app"
            className="grow py-1.5 font-mono text-sm leading-relaxed tracking-wide"
          >
            {groupsOf(secret).join(' ')}
          </code>
          <CopyButton look="quiet" text={secret} aria-label="Copy the key" />
        </div>
        <p className="text-sm text-muted">
          Is the app on this device?{' '}
          <a href={otpauthUrl} className="font-medium text-link hover:underline">
            Open it there
          </a>
          . If it asks: time-based, six digits, 30 seconds.
        </p>
      </div>
    </div>
  );
}

/** Groups of four letters can be typed without losing the place. */
function groupsOf(secret: string): string[] {
  return secret.match(/.{1,4}/g) ?? [];
}
