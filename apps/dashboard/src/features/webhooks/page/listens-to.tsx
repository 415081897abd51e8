import type { WebhookDocument } from '@schoolbell/api-client';
import { Section } from '../../../ui/card.tsx';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { settingInWords } from '../settings/setting-words.ts';
import { SettingRow, SettingRows } from '../settings/setting-rows.tsx';

/** Address, event types and format. */
export function ListensTo({ webhook }: { webhook: WebhookDocument }) {
  const { url, events, filter, format, consent, publicKey, cloudevents } = webhook;
  return (
    <Section title="What it listens to">
      <SettingRows>
        <SettingRow label="URL" text={url} mono copy />
        <SettingRow label="Events">
          {events.includes('*') ? (
            'Everything that its format carries'
          ) : (
            <ul className="flex flex-wrap gap-1.5">
              {events.map((event) => (
                <li key={event} className="rounded bg-calm-tint px-1.5 font-mono text-xs leading-5">
                  {event}
                </li>
              ))}
            </ul>
          )}
        </SettingRow>
        <SettingRow label="Packages and dispatches" text={settingInWords('scopes', webhook)} />
        {filter !== null && <SettingRow label="Filter" text={filter} mono />}
        <SettingRow label="Format" text={settingInWords('format', { format })} />
        <SettingRow label="Authentication" text={settingInWords('authentication', webhook)} />
        {cloudevents?.handshake && <SettingRow label="Consent" text={consentInWords(consent)} />}
        {publicKey !== undefined && (
          <SettingRow label="Public key">
            <span className="flex items-center gap-2">
              <code className="min-w-0 font-mono text-xs break-all">{publicKey}</code>
              <CopyButton look="quiet" text={publicKey} aria-label="Copy the public key" />
            </span>
          </SettingRow>
        )}
      </SettingRows>
    </Section>
  );
}

function consentInWords(consent: WebhookDocument['consent']): string {
  if (!consent) return 'Not given yet: nothing is sent until the receiver consents.';
  const { origin, requestsPerMinute } = consent;
  const rate = requestsPerMinute === null ? 'any number of' : `at most ${requestsPerMinute}`;
  return `Given to ${origin}, for ${rate} requests a minute.`;
}
