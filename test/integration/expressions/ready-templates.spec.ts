import { readFileSync } from 'node:fs';
import { EVENT_TYPES } from '@schoolbell/catalogue';
import { ExpressionPool, templateDocument } from '@schoolbell/expressions';
import { READY_TEMPLATES } from '@schoolbell/formats';
import { test as base, describe, expect } from 'vitest';
import { closing } from '../../support/index.js';

const test = base.extend(
  'pool',
  { scope: 'file' },
  closing(() => new ExpressionPool()),
);

const DOCS = readFileSync(new URL('../../../docs/expressions.md', import.meta.url), 'utf8');
const ID = 'evt_01knvxb0r0f978r8avfpf3y802';
const METADATA = { token: 'moodle-token', host: 'moodle.acme.example' };

const cases = READY_TEMPLATES.flatMap((template) =>
  EVENT_TYPES.filter(({ name }) => makesSense(template.eventTypes, name)).map(
    ({ name, example }) => [template.name, name, template.expression, example] as const,
  ),
);

function makesSense(eventTypes: readonly string[], type: string): boolean {
  return eventTypes.includes('*') || eventTypes.includes(type);
}

async function render(
  pool: ExpressionPool,
  name: string,
  type: string,
  data: object,
): Promise<any> {
  const evaluation = await pool.render({
    key: 'ten_1',
    expression: READY_TEMPLATES.find((template) => template.name === name)!.expression,
    input: templateDocument(
      {
        id: ID,
        type,
        occurredAt: new Date('2026-04-10T14:32:00.000Z'),
        tenantId: 'ten_01jcfpwpg0fgx9p79fda74r401',
        payload: JSON.stringify(data),
      },
      { id: 'wh_1', metadata: METADATA },
      { id: 'dlv_1', attempt: 1 },
    ),
    at: new Date(),
  });
  if (!evaluation.ok) throw new Error(`${name}, ${type}: ${evaluation.error.message}`);
  return JSON.parse(evaluation.value);
}

/** What the vendor's documentation requires of a body, whatever the event. */
const HOLDS: Record<string, (body: any) => void> = {
  slack: (body) => {
    expect(body.text).toEqual(expect.stringMatching(/./));
    expect(body.blocks[0].text.text.length).toBeLessThanOrEqual(150);
    for (const block of body.blocks) {
      expect(['header', 'section', 'context']).toContain(block.type);
      if (block.type !== 'section') continue;
      expect(block.fields.length).toSatisfy((count: number) => count >= 1 && count <= 10);
      for (const field of block.fields) expect(field.text.length).toBeLessThanOrEqual(2_000);
    }
  },
  'microsoft-teams': (body) => {
    expect(body).toMatchObject({
      type: 'message',
      attachments: [
        {
          contentType: 'application/vnd.microsoft.card.adaptive',
          content: { type: 'AdaptiveCard', version: '1.4' },
        },
      ],
    });
    for (const part of body.attachments[0].content.body)
      expect(['TextBlock', 'FactSet']).toContain(part.type);
  },
  discord: (body) => {
    expect(body.content.length).toSatisfy((length: number) => length >= 1 && length <= 2_000);
    expect(body.allowed_mentions).toEqual({ parse: [] });
    expect(body.embeds).toHaveLength(1);
    expect(body.embeds[0].fields.length).toBeLessThanOrEqual(25);
    for (const { name, value } of body.embeds[0].fields) {
      expect(name.length).toSatisfy((length: number) => length >= 1 && length <= 256);
      expect(value.length).toSatisfy((length: number) => length >= 1 && length <= 1_024);
    }
    expect(JSON.stringify(body.embeds).length).toBeLessThanOrEqual(6_000);
  },
  'moodle-local-webhooks': (body) => {
    expect(body).toMatchObject({
      eventname: expect.stringMatching(/^\\core\\event\\[a-z_]+$/),
      component: 'core',
      crud: expect.stringMatching(/^[crud]$/),
      // The user who acts, in Moodle's terms: an admin, if one enrolled the learner.
      userid: expect.stringMatching(/^(learner-42|admin-7)$/),
      relateduserid: 'learner-42',
      timecreated: 1_775_831_520,
      host: 'moodle.acme.example',
      token: 'moodle-token',
    });
  },
  'canvas-live-events': ({ metadata, body }) => {
    expect(metadata).toMatchObject({
      event_name: expect.stringMatching(/^[a-z]+_[a-z]+$/),
      event_time: '2026-04-10T14:32:00.000Z',
      producer: 'canvas',
      request_id: ID,
    });
    expect(body.user_id ?? body.user.id).toBe('learner-42');
  },
  'flat-crm': (body) => {
    expect(body).toMatchObject({ event_id: ID, learner_id: 'learner-42' });
    for (const value of Object.values(body)) expect(typeof value).toMatch(/^(string|number)$/);
  },
};

describe('a ready template', () => {
  test.for(cases)(
    '%s makes of %s what its receiver reads',
    async ([name, type, , data], { pool }) => {
      HOLDS[name]!(await render(pool, name, type, data));
    },
  );

  test.for(READY_TEMPLATES)(
    '$name is documented with what it makes of session.completed',
    async ({ name }, { pool }) => {
      const shown = DOCS.split(`### ${name}\n`)[1]?.split('```')[1]?.replace('json', '');
      const { example } = EVENT_TYPES.find((type) => type.name === 'session.completed')!;

      expect(await render(pool, name, 'session.completed', example)).toEqual(JSON.parse(shown!));
    },
  );

  test.for(['slack', 'microsoft-teams', 'discord'])(
    '%s takes event types of one’s own',
    async (name, { pool }) => {
      HOLDS[name]!(await render(pool, name, 'acme.badge', { anything: 1 }));
    },
  );

  test.for(['slack', 'microsoft-teams', 'discord'])(
    '%s keeps to the limits when names are endless',
    async (name, { pool }) => {
      const endless = 'x'.repeat(10_000);
      const data = { learner: { firstName: endless }, course: { title: endless }, error: endless };
      HOLDS[name]!(await render(pool, name, 'session.completed', data));
    },
  );

  test('slack shows a learner’s name as it is, and mentions nobody', async ({ pool }) => {
    const body = await render(pool, 'slack', 'user.created', {
      learner: { firstName: '<!channel> & co' },
    });

    expect(body.text).toBe('User created: &lt;!channel&gt; &amp; co');
    expect(body.blocks[1].fields[0].text).toBe('*Learner*\n&lt;!channel&gt; &amp; co');
  });
});
