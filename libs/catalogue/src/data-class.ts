/** A class whose class-validator decorators say what the data of an event may be. */
export type DataClass = new () => object;
