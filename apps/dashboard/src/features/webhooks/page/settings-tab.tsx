import type { WebhookDocument } from '@schoolbell/api-client';
import { useMay } from '../../../app/session/use-me.ts';
import { ButtonLink } from '../../../ui/button.tsx';
import { Section } from '../../../ui/card.tsx';
import { Time } from '../../../ui/time.tsx';
import { RetryTimeLine } from '../settings/retry-time-line.tsx';
import { SettingRow, SettingRows } from '../settings/setting-rows.tsx';
import { labelOf, settingInWords } from '../settings/setting-words.ts';

const GROUPS: readonly [title: string, names: readonly string[]][] = [
  ['Where and what', ['url', 'description', 'events', 'scopes', 'filter']],
  [
    'Body and headers',
    ['format', 'template', 'authentication', 'signing', 'signature', 'headers', 'tracing'],
  ],
  ['Pace and order', ['timeoutSeconds', 'rateLimit', 'autoPauseAfter', 'ordering', 'delivery']],
  ['The rest', ['fallbackUrl', 'clientCertificate', 'ca', 'metadata']],
];
const OF_FORMATS = ['cloudevents', 'adobeAlm', 'docebo', 'scormCloud', 'xapi'] as const;
const MONO = ['url', 'fallbackUrl', 'filter', 'template'];

/** Every setting with its value. */
export function SettingsTab({ webhook }: { webhook: WebhookDocument }) {
  const mayWrite = useMay('webhooks:write');
  const edit = mayWrite && (
    <ButtonLink size="small" to="/webhooks/$webhookId/edit" params={{ webhookId: webhook.id }}>
      Edit
    </ButtonLink>
  );
  return (
    <div className="flex flex-col gap-4">
      {GROUPS.map(([title, names], i) => (
        <Section key={title} title={title} actions={(i === 0 && edit) || undefined}>
          <SettingRows>
            {[...names, ...(i === 1 ? ofFormat(webhook) : [])].map((name) => (
              <SettingRow
                key={name}
                label={labelOf(name)}
                text={settingInWords(name, webhook)}
                mono={MONO.includes(name)}
              />
            ))}
          </SettingRows>
        </Section>
      ))}
      <Section title="Retry schedule">
        <RetryTimeLine delays={webhook.retrySchedule} />
      </Section>
      <p className="text-sm text-muted">
        Created <Time at={webhook.createdAt} />, changed <Time at={webhook.updatedAt} />. Its id is{' '}
        <code className="font-mono text-xs">{webhook.id}</code>.
      </p>
    </div>
  );
}

const ofFormat = (webhook: WebhookDocument) =>
  OF_FORMATS.filter((name) => webhook[name] !== undefined);
