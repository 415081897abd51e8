import { CHAT_MESSAGE } from './chat-message.js';
import type { ReadyTemplate } from './ready-template.js';

/**
 * Discord's "execute webhook": one embed of at most 6,000 characters in all, and no mentions: a learner called
 * `@everyone` rouses nobody.
 * https://discord.com/developers/docs/resources/webhook#execute-webhook
 */
export const discord: ReadyTemplate = {
  name: 'discord',
  title: 'Discord',
  description:
    'An embed in a channel, by a webhook of Discord. The URL is the secret: set authentication to none.',
  eventTypes: ['*'],
  expression: `(${CHAT_MESSAGE}
  {
    "content": $headline,
    "embeds": [{
      "timestamp": occurredAt,
      "fields": [$facts.{"name": name, "value": value, "inline": true}],
      "footer": {"text": type}
    }],
    "allowed_mentions": {"parse": []}
  }
)`,
};
