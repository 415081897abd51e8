/** The file of a page did not come, because nothing answers. */
export class PageUnreachable extends Error {
  constructor() {
    super('Schoolbell cannot be reached.');
    this.name = 'PageUnreachable';
  }
}
