export * from './password-hasher.js';
export { HasherBusyError } from './turns.js';
