import { describe, expect, it } from 'vitest';
import { ServerSentEvents } from './server-sent-events.ts';

const STREAM =
  'retry: 2000\nid: a\n\n:\n\nevent: delivery\ndata: {"id":\ndata: 1}\n\nevent: reset\r\nid: b\r\ndata: {}\r\n\r\n';
const MESSAGES = [
  { event: 'delivery', data: '{"id":\n1}' },
  { event: 'reset', data: '{}' },
];

describe('a stream of server-sent events', () => {
  it('is read message by message, without its comments', () => {
    const events = new ServerSentEvents();
    expect(events.push(STREAM)).toEqual(MESSAGES);
    expect(events.lastEventId).toBe('b');
  });

  it('is read the same however it is cut', () => {
    for (let size = 1; size < 9; size++) {
      const events = new ServerSentEvents();
      const read = [];
      for (let at = 0; at < STREAM.length; at += size) {
        read.push(...events.push(STREAM.slice(at, at + size)));
      }
      expect(read, String(size)).toEqual(MESSAGES);
    }
  });

  it('goes on after a break from the last id, without the half of a message', () => {
    const events = new ServerSentEvents();
    events.push('id: a\ndata: 1\n\nid: b\ndata: hal');
    events.restart();
    expect(events.push('data: 2\n\n')).toEqual([{ event: 'message', data: '2' }]);
    expect(events.lastEventId).toBe('b');
  });
});
