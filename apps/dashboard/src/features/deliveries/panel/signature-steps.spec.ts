import { execFileSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { signatureSteps } from './signature-steps.ts';

const SECRET = 'whsec_AwoRGB8mLTQ7QklQV15lbHN6gYiPlp2kq7K5wMfO1dw=';
const BODY = '{"learner":"O\'Brien $HOME é"}';
const ID = { 'webhook-id': 'evt_1', 'webhook-timestamp': '1795901042' };
const standard = createHmac('sha256', Buffer.from(SECRET.slice(6), 'base64'))
  .update(`evt_1.1795901042.${BODY}`)
  .digest('base64');
const hex = createHmac('sha256', SECRET).update(BODY).digest('hex');
const base64 = createHmac('sha256', SECRET).update(BODY).digest('base64');

const run = (command: string) =>
  execFileSync('sh', ['-c', command], {
    encoding: 'utf8',
    env: { ...process.env, SECRET, BODY },
  }).trim();

describe('how a signature is recomputed', () => {
  it.each([
    ['webhook-signature', `v1,${standard}`, standard],
    ['X-AllureConnect-Signature', hex, hex],
    ['X-Hub-Signature-256', `sha256=${hex}`, hex],
    ['X-Own-Signature', base64, base64],
  ])('gives the value of %s when its command runs', (header, value, expected) => {
    const name = header === 'X-Hub-Signature-256' ? { header } : undefined;
    const [step] = signatureSteps({ ...ID, [header]: value }, { signature: name });
    expect(step).toMatchObject({ header, value });
    expect(run(step!.command!)).toContain(expected);
  });

  it('finds all of them and nothing else', () => {
    const headers = {
      ...ID,
      'Content-Type': 'application/json',
      'X-Allure-Signature': hex,
      'X-Allure-Signature-Previous': hex,
      'X-Allure-Signature-Algorithm': 'sha256',
    };
    const steps = signatureSteps(headers);
    expect(steps.map(({ header }) => header)).toEqual([
      'X-Allure-Signature',
      'X-Allure-Signature-Previous',
    ]);
    expect(steps[1]!.made).toContain('previous secret');
  });

  it('has no command for a key pair, whose private half nobody has', () => {
    const [step] = signatureSteps({ ...ID, 'webhook-signature': 'v1a,x' }, { signing: 'ed25519' });
    expect(step!.command).toBeUndefined();
    expect(step!.made).toContain('public key');
  });
});
