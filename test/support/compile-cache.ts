import { join } from 'node:path';

/** Lets services under test share their compiled code. Emptied by each build. */
export const COMPILE_CACHE = {
  NODE_COMPILE_CACHE: join(import.meta.dirname, '..', '..', 'dist/bundles/compiled'),
};
