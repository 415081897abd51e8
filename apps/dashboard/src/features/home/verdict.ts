import { count, counted } from '../../ui/numbers.ts';

export interface TenantState {
  /** Webhooks that are paused or failing, or whose certificate has expired. */
  needing: number;
  webhooks: number;
  deadLetters: number;
  /** Whether there may be more dead letters than counted. */
  moreDeadLetters: boolean;
  /** Waiting deliveries, including held ones. */
  waiting: number;
  /** Attempts in the window on the page. */
  attempts: number;
}

export interface Verdict {
  tone: 'good' | 'bad' | 'wait' | 'calm';
  sentence: string;
  next: string;
}

/** Whether everything is all right, in a sentence, and what to do next. */
export function verdictOf(state: TenantState): Verdict {
  if (state.needing > 0) return needed(state);
  if (state.deadLetters > 0) return givenUp(state);
  if (state.waiting > 0) {
    return {
      tone: 'calm',
      sentence: 'Everything is on its way',
      next: `${counted(state.waiting, 'delivery', 'deliveries')} ${state.waiting === 1 ? 'waits' : 'wait'} for the next attempt; nothing was given up.`,
    };
  }
  if (state.attempts === 0) {
    return {
      tone: 'calm',
      sentence: 'Nothing was sent',
      next: 'No event came that a webhook wanted, and nothing waits.',
    };
  }
  return {
    tone: 'good',
    sentence: 'Everything is delivered',
    next: 'Nothing waits, and nothing was given up.',
  };
}

function needed({ needing, webhooks, ...rest }: TenantState): Verdict {
  const others = webhooks - needing;
  const fine =
    others > 0 ? `The other ${others === 1 ? 'one is' : `${count(others)} are`} fine. ` : '';
  return {
    tone: 'bad',
    sentence: `${counted(needing, 'webhook')} ${needing === 1 ? 'needs' : 'need'} you`,
    next: fine + (rest.deadLetters > 0 ? `${deadLetters(rest)}.` : 'Nothing was given up.'),
  };
}

function givenUp(state: TenantState): Verdict {
  const one = state.deadLetters === 1 && !state.moreDeadLetters;
  return {
    tone: 'wait',
    sentence: `${deadLetters(state)} to retry or discard`,
    next: `Every webhook is fine now: retry ${one ? 'it' : 'one, then the others'}.`,
  };
}

const deadLetters = ({
  deadLetters: dead,
  moreDeadLetters,
}: Pick<TenantState, 'deadLetters' | 'moreDeadLetters'>): string =>
  `${moreDeadLetters ? 'At least ' : ''}${counted(dead, 'dead letter')}`;
