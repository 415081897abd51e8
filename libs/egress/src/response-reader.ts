import type { ReceivedResponse } from '@schoolbell/delivery';

/** What is kept of a response's body. Bytes. */
const MAX_BODY_BYTES = 16 * 1024;

/** Collects a response as it comes, but no more of it than is kept. */
export class ResponseReader {
  private chunks: Buffer[] = [];
  private size = 0;
  private truncated = false;

  constructor(
    readonly status: number,
    private readonly headers: Record<string, string | string[] | undefined>,
  ) {}

  /** @returns false once there is more than is kept: the rest need not be read */
  take(chunk: Buffer): boolean {
    const room = MAX_BODY_BYTES - this.size;
    if (chunk.length > room) this.truncated = true;
    if (room > 0) this.chunks.push(this.truncated ? chunk.subarray(0, room) : chunk);
    this.size += Math.min(room, chunk.length);
    return !this.truncated;
  }

  response(): ReceivedResponse {
    return {
      status: this.status,
      headers: joinRepeated(this.headers),
      body: storable(this.text()),
      truncated: this.truncated,
    };
  }

  private text(): string {
    if (this.size === 0) return '';
    const bytes = this.chunks.length === 1 ? this.chunks[0]! : Buffer.concat(this.chunks);
    if (!this.truncated) return bytes.toString('utf8');
    // In streaming mode, the decoder leaves out a character that was cut in the middle.
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes, { stream: true });
  }
}

function joinRepeated(
  received: Record<string, string | string[] | undefined>,
): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const name of Object.keys(received)) {
    const value = received[name]!;
    // A header of this name would set the prototype instead of a field.
    if (name !== '__proto__') headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return headers;
}

/** Postgres text holds every character but NUL. */
function storable(text: string): string {
  return text.includes('\0') ? text.replaceAll('\0', '\u{FFFD}') : text;
}
