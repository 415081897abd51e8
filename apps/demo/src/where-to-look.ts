import type { Credentials } from './credentials.js';
import type { Narrator } from './narrator.js';

/** The end of the demo: what there is to see, and how to sign in. */
export function tellWhereToLook(narrator: Narrator, credentials: Credentials): void {
  const { dashboardUrl, dashboard } = credentials;
  narrator.say();
  narrator.say('Look at it in the dashboard:');
  narrator.say(`  ${dashboardUrl}`);
  narrator.say(`  e-mail    ${dashboard.email}`);
  narrator.say(`  password  ${dashboard.password}`);
  narrator.say('  Why did the old portal not hear of a completion? Look for learner-1.');
}
