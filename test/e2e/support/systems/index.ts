import { PLATFORMS } from './platforms.js';
import { SEEDS } from './seeds.js';
import { STANDARDS } from './standards.js';

export type { System } from './system.js';

/** All systems that Schoolbell can replace, in the order of docs/compatibility.md. */
export const SYSTEMS = [...SEEDS, ...PLATFORMS, ...STANDARDS];
