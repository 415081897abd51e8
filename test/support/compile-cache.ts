import { join } from 'node:path';

/** What services under test compile once for all of them. Emptied with each build. */
export const COMPILE_CACHE = {
  NODE_COMPILE_CACHE: join(import.meta.dirname, '..', '..', 'dist/bundles/compiled'),
};
