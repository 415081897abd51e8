import { canvasLiveEvents } from './canvas-live-events.js';
import { discord } from './discord.js';
import { flatCrm } from './flat-crm.js';
import { microsoftTeams } from './microsoft-teams.js';
import { moodleLocalWebhooks } from './moodle-local-webhooks.js';
import type { ReadyTemplate } from './ready-template.js';
import { slack } from './slack.js';

export type { ReadyTemplate } from './ready-template.js';

/** Every ready template, in the order in which they are shown. */
export const READY_TEMPLATES: readonly ReadyTemplate[] = [
  slack,
  microsoftTeams,
  discord,
  moodleLocalWebhooks,
  canvasLiveEvents,
  flatCrm,
];
