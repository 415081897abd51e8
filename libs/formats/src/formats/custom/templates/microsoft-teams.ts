import { CHAT_MESSAGE } from './chat-message.js';
import type { ReadyTemplate } from './ready-template.js';

/**
 * An Adaptive Card for the flow "Post to a channel when a webhook request is received" of Teams' Workflows,
 * which has taken the place of Office 365 connectors and takes no message cards.
 * https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/connectors-using
 */
export const microsoftTeams: ReadyTemplate = {
  name: 'microsoft-teams',
  title: 'Microsoft Teams',
  description:
    'An Adaptive Card in a channel or chat, by a webhook of Workflows. The URL is the secret: set authentication to none.',
  eventTypes: ['*'],
  expression: `(${CHAT_MESSAGE}
  {
    "type": "message",
    "attachments": [{
      "contentType": "application/vnd.microsoft.card.adaptive",
      "content": {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.4",
        "body": [
          {"type": "TextBlock", "text": $headline, "size": "Medium", "weight": "Bolder", "wrap": true},
          $count($facts) > 0 ? {"type": "FactSet", "facts": [$facts.{"title": name, "value": value}]},
          {"type": "TextBlock", "text": type & " · " & occurredAt, "isSubtle": true, "wrap": true}
        ]
      }
    }]
  }
)`,
};
