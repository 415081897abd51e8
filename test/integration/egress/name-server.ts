import { createSocket, type RemoteInfo } from 'node:dgram';
import { Resolver } from 'node:dns/promises';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { isIPv4 } from 'node:net';
import { join } from 'node:path';
import type { NameServerSource } from '@schoolbell/egress';
import { onTestFinished } from 'vitest';

/** `silent` never answers; a name has all the addresses of its answer, which may be of both kinds. */
export type Reply = 'silent' | keyof typeof RCODES | Address | readonly Address[];
type Address = `${number}.${string}` | `${string}:${string}`;

const RCODES = { 'server-failed': 2, 'no-such-name': 3, refused: 5 };
const TYPE_A = 1;
const TYPE_AAAA = 28;

/** A DNS server on its own UDP port, which ends with the test. */
interface NameServer {
  address: string;
  /** Names that were asked for, in order (`.` is the root); questions for IPv6 addresses are left out. */
  asked: string[];
  /** Sets all answers from now on. */
  answer: (name: string) => Reply;
  close(): Promise<void>;
}

export async function startNameServer(answer: (name: string) => Reply): Promise<NameServer> {
  const socket = createSocket('udp4');
  const server: NameServer = {
    address: '',
    asked: [],
    answer,
    close: async () => {
      if (!open) return;
      open = false;
      socket.close();
      await once(socket, 'close');
    },
  };
  let open = true;
  socket.on('message', (question: Buffer, from: RemoteInfo) => {
    const { name, type, end } = questionOf(question);
    if (type !== TYPE_AAAA) server.asked.push(name);
    const reply = server.answer(name);
    if (reply !== 'silent') {
      socket.send(answerTo(question.subarray(0, end), type, reply), from.port, from.address);
    }
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  server.address = `127.0.0.1:${socket.address().port}`;
  onTestFinished(() => server.close());
  return server;
}

/** A file like `/etc/resolv.conf`, in which ports are allowed. */
interface ResolvConf {
  source: NameServerSource;
  write(...servers: readonly string[]): Promise<void>;
}

export async function resolvConf(...servers: readonly string[]): Promise<ResolvConf> {
  const folder = await mkdtemp(join(tmpdir(), 'schoolbell-resolv-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'resolv.conf');
  const write = (...now: readonly string[]) =>
    writeFile(file, now.map((server) => `nameserver ${server}\n`).join(''));
  await write(...servers);
  const open: NameServerSource['open'] = (options) => {
    const resolver = new Resolver(options);
    resolver.setServers(readFileSync(file, 'utf8').match(/[\d.]+:\d+/g) ?? []);
    return resolver;
  };
  return { source: { file, open }, write };
}

/** RFC 1035, section 4.1: the header has 12 bytes, then follow the name in pieces and its type in two bytes. */
function questionOf(message: Buffer) {
  const labels: string[] = [];
  let at = 12;
  for (let length = message[at]!; length > 0; length = message[at]!) {
    labels.push(message.toString('latin1', at + 1, at + 1 + length));
    at += length + 1;
  }
  return { name: labels.join('.') || '.', type: message.readUInt16BE(at + 1), end: at + 5 };
}

function answerTo(question: Buffer, type: number, reply: Exclude<Reply, 'silent'>): Buffer {
  const code = isFailure(reply) ? RCODES[reply] : 0;
  const records = isFailure(reply) ? [] : [reply].flat().flatMap((one) => recordOf(type, one));
  const message = Buffer.concat([question, ...records]);
  // Flags: a response, recursion desired and available.
  message.writeUInt16BE(0x8180 | code, 2);
  message.writeUInt16BE(records.length, 6);
  // Nothing else of the question is repeated.
  message.writeUInt32BE(0, 8);
  return message;
}

function isFailure(reply: Reply): reply is keyof typeof RCODES {
  return typeof reply === 'string' && reply in RCODES;
}

/** The question's name, its type, class IN, and no time to live; empty if the address is of the other type. */
function recordOf(type: number, address: string): Buffer[] {
  const bytes = isIPv4(address) ? address.split('.').map(Number) : bytesOfIPv6(address);
  if ((type === TYPE_A) !== (bytes.length === 4)) return [];
  return [Buffer.from([0xc0, 12, 0, type, 0, 1, 0, 0, 0, 0, 0, bytes.length, ...bytes])];
}

function bytesOfIPv6(address: string): number[] {
  const [head = [], tail = []] = new URL(`http://[${address}]`).hostname
    .slice(1, -1)
    .split('::')
    .map((half) => half.split(':').filter(Boolean));
  const gap = Array<string>(8 - head.length - tail.length).fill('0');
  return [...head, ...gap, ...tail].flatMap((group) => {
    const value = Number.parseInt(group, 16);
    return [value >> 8, value & 255];
  });
}
