import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { SearchHitDocument } from '@schoolbell/api-client';
import { searchOptions } from '@schoolbell/api-client/queries';
import { answerOf } from './answer-of.ts';
import { queryOf } from './query-of.ts';
import { recentAnswers } from './recent-answers.ts';
import { targetOf } from './target-of.ts';

interface Answering {
  /** Opens the page of a hit. */
  open: (hit: SearchHitDocument) => void;
  /** Opens the answer to a text at once; the page of hits if there are several, none, or no answer yet. */
  answer: (text: string) => Promise<void>;
}

export function useAnswering(): Answering {
  const client = useQueryClient();
  const navigate = useNavigate();
  const open = (hit: SearchHitDocument) => {
    recentAnswers.add(hit);
    void navigate(targetOf(hit) ?? { to: '/search', search: { q: hit.id } });
  };
  const answer = async (text: string) => {
    const q = queryOf(text);
    if (q === '') return;
    // If the search fails, the page of hits searches again and says why.
    const found = await client.fetchQuery(searchOptions({ query: { q } })).catch(() => undefined);
    const answered = found && answerOf(found.data);
    if (answered?.kind === 'one' && targetOf(answered.hit)) open(answered.hit);
    else void navigate({ to: '/search', search: { q } });
  };
  return { open, answer };
}
