/** Fields that are made to show a secret, this once. */
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

/** Answers of a day, with the secrets in them set apart that they are made to show: nothing of these may be seen again. */
export class HeardAnswers {
  /** Secrets without the marker, made by Schoolbell for the most part: what each is, and its text. */
  readonly unmarked: [name: string, secret: string][] = [];
  /** All that was answered besides. */
  readonly texts: string[] = [];

  /** @returns the whole answer */
  hear(body: any): any {
    const rest: Record<string, unknown> = { ...body };
    for (const field of SHOWN_ONCE) {
      const shown = [rest[field]].flat().filter((value) => typeof value === 'string');
      // Of a URL of a commit only the token.
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
