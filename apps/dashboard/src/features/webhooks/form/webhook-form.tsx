import type { WebhookDocument } from '@schoolbell/api-client';
import type { ReactNode, SubmitEvent } from 'react';
import { FormProvider, type UseFormReturn } from 'react-hook-form';
import { PreviewPanel } from './preview/preview-panel.tsx';
import { AuthenticationSection } from './sections/authentication-section.tsx';
import { Essentials } from './sections/essentials.tsx';
import { FilterSection } from './sections/filter-section.tsx';
import { HeadersSection } from './sections/headers-section.tsx';
import { MetadataSection } from './sections/metadata-section.tsx';
import { OrderSection } from './sections/order-section.tsx';
import { PaceSection } from './sections/pace-section.tsx';
import { RetriesSection } from './sections/retries-section.tsx';
import { ScopesSection } from './sections/scopes-section.tsx';
import { TlsSection } from './sections/tls-section.tsx';
import type { WebhookValues } from './webhook-values.ts';

interface WebhookFormProps {
  form: UseFormReturn<WebhookValues>;
  /** The webhook that is being edited; undefined for a new one. */
  stored?: WebhookDocument;
  onSubmit: () => void;
  /** Shown below the fields: buttons, and what went wrong. */
  children: ReactNode;
}

/** A webhook's settings: the essentials, a line for each of the rest, and the request that they make. */
export function WebhookForm({ form, stored, onSubmit, children }: WebhookFormProps) {
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <FormProvider {...form}>
      <form
        noValidate
        onSubmit={submit}
        className="grid gap-4 lg:grid-cols-[minmax(0,1fr)_minmax(0,25rem)] lg:grid-rows-[auto_1fr]"
      >
        <div className="flex min-w-0 flex-col gap-4">
          <Essentials />
        </div>
        <aside className="min-w-0 lg:row-span-2">
          <div className="lg:sticky lg:top-19">
            <PreviewPanel stored={stored} />
          </div>
        </aside>
        <div className="flex min-w-0 flex-col gap-3">
          <FilterSection />
          <ScopesSection />
          <AuthenticationSection stored={stored} />
          <HeadersSection />
          <RetriesSection />
          <PaceSection />
          <OrderSection />
          <TlsSection stored={stored} />
          <MetadataSection />
          {children}
        </div>
      </form>
    </FormProvider>
  );
}
