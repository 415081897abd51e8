import { Collapsible } from '@base-ui/react/collapsible';
import { ChevronRight } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { get, useFormContext } from 'react-hook-form';
import { Card } from '../../../ui/card.tsx';
import { labelOf, settingInWords } from '../settings/setting-words.ts';
import { bodyOf } from './body-of-values.ts';
import { useValues } from './use-values.ts';
import type { WebhookValues } from './webhook-values.ts';

interface CollapsedSectionProps {
  title: string;
  /** Names of the settings whose values stand in its line. */
  says: readonly string[];
  /** Fields whose faults open it. */
  fields: readonly (keyof WebhookValues)[];
  children: ReactNode;
}

/** Settings that most webhooks leave alone: a line with the present values, and the fields behind it. */
export function CollapsedSection({ title, says, fields, children }: CollapsedSectionProps) {
  const { formState } = useFormContext<WebhookValues>();
  const hasFault = fields.some((field) => get(formState.errors, field) !== undefined);
  const [open, setOpen] = useState(false);
  const isOpen = open || hasFault;
  return (
    <Card>
      <Collapsible.Root open={isOpen} onOpenChange={setOpen}>
        <Collapsible.Trigger
          disabled={hasFault}
          className="flex w-full items-baseline gap-3 rounded-lg px-4 py-3 text-left hover:bg-hover"
        >
          <ChevronRight
            aria-hidden
            className={`size-4 shrink-0 self-center text-muted transition-transform ${isOpen ? 'rotate-90' : ''}`}
          />
          <span className="shrink-0 font-semibold">{title}</span>
          {!isOpen && <Summary says={says} />}
        </Collapsible.Trigger>
        <Collapsible.Panel keepMounted className="border-t border-line p-4 data-closed:hidden">
          <div className="flex flex-col gap-4">{children}</div>
        </Collapsible.Panel>
      </Collapsible.Root>
    </Card>
  );
}

function Summary({ says }: { says: readonly string[] }) {
  const settings = bodyOf(useValues());
  const words = says
    .map((name) => {
      const value = settingInWords(name, settings as Parameters<typeof settingInWords>[1]);
      return says.length === 1 ? value : `${labelOf(name)}: ${value}`;
    })
    .join(' · ');
  return (
    <span title={words} className="min-w-0 grow truncate text-right text-sm text-muted">
      {words}
    </span>
  );
}
