export { DEADLINE_MS, MAX_WAIT_MS } from './limits.js';
export type { Allow, Loss, Program } from './program.js';
export { Sandbox, type SandboxOptions } from './sandbox.js';
