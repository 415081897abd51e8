import type { TenantHealthDocument } from '@schoolbell/api-client';
import { count, counted } from '../../ui/numbers.ts';

/** The API counts no more dead letters than this. */
const MOST_COUNTED = 1_000;

interface HealthWord {
  tone: 'good' | 'bad' | 'held' | 'calm';
  words: string;
}

/** What is wrong with a tenant, the worst first; or a good word when nothing is. */
export function healthWords(health: TenantHealthDocument): HealthWord[] {
  const { webhooks, webhooksFailing, webhooksPaused, deadLetters } = health;
  if (webhooks === 0 && deadLetters === 0) return [{ tone: 'calm', words: 'No webhooks yet' }];
  const found: HealthWord[] = [];
  if (webhooksFailing > 0) found.push({ tone: 'bad', words: `${count(webhooksFailing)} failing` });
  if (webhooksPaused > 0) found.push({ tone: 'held', words: `${count(webhooksPaused)} paused` });
  if (deadLetters > 0) found.push({ tone: 'bad', words: deadLetterWords(deadLetters) });
  return found.length > 0 ? found : [{ tone: 'good', words: 'All right' }];
}

function deadLetterWords(deadLetters: number): string {
  return deadLetters >= MOST_COUNTED
    ? `${count(MOST_COUNTED)} or more dead letters`
    : counted(deadLetters, 'dead letter');
}

/** Tenants with something wrong first, the worst at the top; the others keep their order. */
export function byHealth(one: TenantHealthDocument, other: TenantHealthDocument): number {
  return urgency(other) - urgency(one);
}

function urgency({ webhooksFailing, webhooksPaused, deadLetters }: TenantHealthDocument): number {
  return webhooksFailing * 1_000_000 + webhooksPaused * 10_000 + deadLetters;
}
