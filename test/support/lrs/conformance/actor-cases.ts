import { accepted, refused, AGENT, type ConformanceCase } from './conformance-case.js';

export const ACTOR_CASES: ConformanceCase[] = [
  accepted('an actor with an mbox', { actor: { mbox: 'mailto:jane@example.com' } }),
  accepted('an actor with an openid', { actor: { openid: 'https://jane.example.com' } }),
  refused('an actor without an identifier', { actor: { objectType: 'Agent', name: 'Jane' } }),
  refused('an actor with two identifiers', { actor: { ...AGENT, openid: 'https://jane.example' } }),
  refused('an actor that is a list', { actor: [AGENT] }),
  refused('an actor of an unknown objectType', { actor: { ...AGENT, objectType: 'agent' } }),
  refused('an mbox without mailto', { actor: { mbox: 'jane@example.com' } }),
  refused('an mbox that is no address', { actor: { mbox: 'mailto:jane' } }),
  refused('a SHA-1 that is too short', { actor: { mbox_sha1sum: 'abcdef' } }),
  refused('an openid without a scheme', { actor: { openid: 'jane.example.com' } }),
  refused('an account without a homePage', { actor: { account: { name: 'jane' } } }),
  refused('an account without a name', { actor: { account: { homePage: 'https://a.example' } } }),
  refused('an account whose homePage has no scheme', {
    actor: { account: { homePage: 'a.example', name: 'jane' } },
  }),
  refused('an account whose name is a number', {
    actor: { account: { homePage: 'https://a.example', name: 42 } },
  }),
  refused('an actor with an unknown property', { actor: { ...AGENT, email: 'jane@a.example' } }),
  refused('an actor whose name is null', { actor: { ...AGENT, name: null } }),
  accepted('a group without an identifier, with members', {
    actor: { objectType: 'Group', member: [AGENT] },
  }),
  refused('a group without an identifier and without members', {
    actor: { objectType: 'Group', member: [] },
  }),
  refused('a group in a group', {
    actor: { objectType: 'Group', member: [{ ...AGENT, objectType: 'Group' }] },
  }),
];
