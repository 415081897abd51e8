/** Fields whose purpose is to show a secret, once. */
const SHOWN_ONCE = [
  'secret',
  'key',
  'current',
  'previous',
  'commitUrl',
  'accessToken',
  'otpauthUrl',
  'recoveryCodes',
];

/** The answers of a day. Secrets that an answer has to show are kept separately: they must never appear again. */
export class HeardAnswers {
  /** Secrets without the marker, mostly made by Schoolbell: name and text of each. */
  readonly unmarked: [name: string, secret: string][] = [];
  /** All other texts of the answers. */
  readonly texts: string[] = [];

  /** @returns the whole answer */
  hear(body: any): any {
    const rest: Record<string, unknown> = { ...body };
    for (const field of SHOWN_ONCE) {
      const shown = [rest[field]].flat().filter((value) => typeof value === 'string');
      // Only the token of a commit's URL is a secret.
      for (const text of shown)
        this.knows(field, field === 'commitUrl' ? text.split('/').at(-1)! : text);
      if (shown.length > 0) delete rest[field];
    }
    this.texts.push(JSON.stringify(rest));
    return body;
  }

  knows(name: string, secret: string): void {
    this.unmarked.push([name, secret]);
  }
}
