/** Part of every secret that a test can choose itself: whoever finds it has found a secret. */
export const MARKER = 'keepmeout7q';

/** A new secret with the marker in it, and with characters that each notation escapes differently. */
export const markedSecret = (name: string): string => `${name}-${MARKER}-"p&s <w>" ö`;

/** The same for fields that take only printable ASCII without spaces. */
export const markedToken = (name: string): string => `${name}-${MARKER}-Aa0`;

/** Secrets that nobody may find, and every notation in which they could have been written. */
export class KnownSecrets {
  private readonly needles: { name: string; text: string }[] = [];

  /** @param secret text, or raw bytes such as a key */
  add(name: string, secret: string | Buffer): this {
    for (const text of writingsOf(secret)) this.needles.push({ name, text });
    return this;
  }

  /** @returns each secret in a text, with its surroundings */
  foundIn(text: string): string[] {
    return this.needles.flatMap(({ name, text: needle }) => {
      const at = text.indexOf(needle);
      if (at < 0) return [];
      return [`${name}: …${text.slice(Math.max(0, at - 200), at + needle.length + 60)}…`];
    });
  }
}

function writingsOf(secret: string | Buffer): Set<string> {
  const bytes = Buffer.from(secret);
  const hex = bytes.toString('hex');
  const inBase64 = [0, 1, 2].flatMap((shift) => base64Within(bytes, shift));
  const writings = [hex, hex.toUpperCase(), ...inBase64];
  if (typeof secret !== 'string') return new Set(writings);
  const inJson = JSON.stringify(secret).slice(1, -1);
  const inJsonTwice = JSON.stringify(inJson).slice(1, -1);
  const inForm = new URLSearchParams({ '': secret }).toString().slice(1);
  return new Set([secret, inJson, inJsonTwice, encodeURIComponent(secret), inForm, ...writings]);
}

/** The part of the base64 of these bytes that stays the same after `shift` other bytes. */
function base64Within(bytes: Buffer, shift: number): string[] {
  const whole = Buffer.concat([Buffer.alloc(shift), bytes]);
  const own = (encoded: string): string =>
    encoded.slice(Math.ceil((shift * 8) / 6), Math.floor((whole.length * 8) / 6));
  return [own(whole.toString('base64')), own(whole.toString('base64url'))];
}
