import type { WebhookDocument } from '@schoolbell/api-client';
import { Search } from 'lucide-react';
import { CONTROL } from '../../../ui/control.ts';
import { cx } from '../../../ui/cx.ts';
import { Segmented } from '../../../ui/segmented.tsx';
import { WEBHOOK_HEALTH } from '../../../ui/webhook-health.tsx';

type Health = WebhookDocument['health'];
export type HealthFilter = Health | 'all';

const HEALTHS: readonly Health[] = ['paused', 'failing', 'ok', 'idle'];

interface WebhookFiltersProps {
  webhooks: readonly WebhookDocument[];
  q: string;
  health: HealthFilter;
  onQ: (q: string) => void;
  onHealth: (health: HealthFilter) => void;
}

/** A search while the user types, and the states of health, each with its number of webhooks. */
export function WebhookFilters({ webhooks, q, health, onQ, onHealth }: WebhookFiltersProps) {
  const times = (one: Health) => webhooks.filter((webhook) => webhook.health === one).length;
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Segmented
        label="Health"
        value={health}
        onChange={onHealth}
        choices={[
          { value: 'all', label: `All ${webhooks.length}` },
          ...HEALTHS.map((one) => ({
            value: one,
            label: `${WEBHOOK_HEALTH[one].label} ${times(one)}`,
          })),
        ]}
      />
      <div className="relative min-w-0 grow sm:max-w-80">
        <Search aria-hidden className="absolute top-2.5 left-3 size-4 text-muted" />
        <input
          type="search"
          aria-label="Search webhooks"
          placeholder="Description, URL, format or type"
          value={q}
          onChange={({ target }) => onQ(target.value)}
          className={cx(CONTROL, 'w-full pl-9')}
        />
      </div>
    </div>
  );
}
