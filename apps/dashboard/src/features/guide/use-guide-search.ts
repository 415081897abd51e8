import { useNavigate, useSearch } from '@tanstack/react-router';

type GuideSearch = Partial<Record<'webhookId' | 'format' | 'language' | 'type', string>>;

/** What is chosen in the guide, from its address, and a function to change it. */
export function useGuideSearch(): [GuideSearch, (change: GuideSearch) => void] {
  const search = useSearch({ from: '/shell/guide/{-$topic}' });
  const navigate = useNavigate({ from: '/guide/{-$topic}' });
  const change = (next: GuideSearch) =>
    void navigate({
      params: (now) => now,
      search: (now) => ({ ...now, ...next }),
      replace: true,
      resetScroll: false,
    });
  return [search, change];
}
