import { useNavigate, useParams } from '@tanstack/react-router';
import { Page } from '../../ui/page.tsx';
import { PageMissing } from '../../ui/page-missing.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { EventsTopic } from './events/events-topic.tsx';
import { FormatsTopic } from './formats/formats-topic.tsx';
import { RetriesTopic } from './retries/retries-topic.tsx';
import { VerifyTopic } from './verify/verify-topic.tsx';

const TOPICS = [
  { value: 'events', label: 'Event types', Topic: EventsTopic },
  { value: 'formats', label: 'Formats', Topic: FormatsTopic },
  { value: 'verify', label: 'Verify', Topic: VerifyTopic },
  { value: 'retries', label: 'Retries', Topic: RetriesTopic },
] as const;

/** What the developer of a receiver has to know, taken from the product itself. */
export function GuidePage() {
  const { topic = 'events' } = useParams({ from: '/shell/guide/{-$topic}' });
  const navigate = useNavigate({ from: '/guide/{-$topic}' });
  if (!TOPICS.some(({ value }) => value === topic)) return <PageMissing />;
  return (
    <Page
      title="Guide"
      note="For whoever builds the receiver: what arrives, and what to do with it."
    >
      <Tabs
        label="Topics of the guide"
        value={topic}
        onChange={(next) => void navigate({ params: { topic: next }, search: (now) => now })}
        tabs={TOPICS.map(({ value, label, Topic }) => ({ value, label, content: <Topic /> }))}
      />
    </Page>
  );
}
