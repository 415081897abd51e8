import { CHAT_MESSAGE } from './chat-message.js';
import type { ReadyTemplate } from './ready-template.js';

/**
 * Slack's incoming webhooks: a `text` for notifications and Block Kit `blocks`. Slack reads `&`, `<` and `>` as
 * mark-up, so that they are escaped in what events say.
 * https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks
 */
export const slack: ReadyTemplate = {
  name: 'slack',
  title: 'Slack',
  description:
    'A message in a channel, by an incoming webhook of Slack. The URL is the secret: set authentication to none.',
  eventTypes: ['*'],
  expression: `(${CHAT_MESSAGE}
  $escaped := function($text) {
    $text ~> $replace("&", "&amp;") ~> $replace("<", "&lt;") ~> $replace(">", "&gt;")
  };
  $about := $join($facts[[0..1]].value, ", ");
  {
    "text": $escaped($headline & ($about ? ": " & $about : "")),
    "blocks": [
      {"type": "header", "text": {"type": "plain_text", "text": $substring($headline, 0, 150)}},
      $count($facts) > 0 ? {
        "type": "section",
        "fields": [$facts.{"type": "mrkdwn", "text": "*" & name & "*\\n" & $escaped(value)}]
      },
      {"type": "context", "elements": [{"type": "plain_text", "text": type & " · " & occurredAt}]}
    ]
  }
)`,
};
