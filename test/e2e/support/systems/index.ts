import { PLATFORMS } from './platforms.js';
import { SEEDS } from './seeds.js';
import { STANDARDS } from './standards.js';

export type { System } from './system.js';

/** Every system that Schoolbell speaks to as it is used to, in the order of docs/compatibility.md. */
export const SYSTEMS = [...SEEDS, ...PLATFORMS, ...STANDARDS];
