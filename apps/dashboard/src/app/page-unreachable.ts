/** A page's file could not be loaded because nothing answers. */
export class PageUnreachable extends Error {
  constructor() {
    super('Schoolbell cannot be reached.');
    this.name = 'PageUnreachable';
  }
}
