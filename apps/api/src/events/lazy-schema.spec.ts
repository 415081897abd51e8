import { EVENT_TYPES } from '@schoolbell/catalogue';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, it } from 'vitest';
import { SERVER_COMMIT } from '../scorm/commit-input.js';
import { LAUNCH } from '../scorm/launch-input.js';
import { EVENT_ENVELOPE } from './event-envelope.js';

it.each<[string, object]>([
  ['an event', EVENT_ENVELOPE],
  ['a launch', LAUNCH],
  ['a commit of a server', SERVER_COMMIT],
  ...EVENT_TYPES.map(({ name, schema }): [string, object] => [name, schema]),
])('the schema of %s is JSON Schema 2020-12', (_of, schema) => {
  const ajv = new Ajv2020();
  expect(ajv.validateSchema(schema), ajv.errorsText()).toBe(true);
});
