import type { Reader } from './readers.js';

/** One environment variable: how it is read, and what an operator has to know about it. */
export interface Setting<T, Present extends boolean = boolean> {
  /** The environment variable. */
  name: string;
  section: string;
  /** Full sentences for `.env.example`. */
  about: string;
  read: Reader<T>;
  /** As it would be written in the environment; read by `read` as well. */
  default?: string;
  /** Shown in `.env.example` where there is no default. */
  example?: string;
  /** Set but empty is a value of its own, not the same as unset. */
  emptyIsValue?: boolean;
  /** Never set by an operator; left out of `.env.example`. */
  internal?: boolean;
  /** Keeps the type parameter: whether a value is there in every configuration. */
  present?: Present;
}

/** What a setting's value looks like in the configuration. */
export type ValueOf<S> =
  S extends Setting<infer T, infer Present> ? (true extends Present ? T : T | undefined) : never;

/** A setting that may be left out. */
export function optional<T>(setting: Omit<Setting<T>, 'default' | 'present'>): Setting<T, false> {
  return setting;
}

/** A setting that has a default. */
export function withDefault<T>(
  setting: Omit<Setting<T>, 'present'> & { default: string },
): Setting<T, true> {
  return { ...setting, present: true };
}
