export * from './config-error.js';
export * from './config.js';
export * from './env-example.js';
export * from './environment.js';
export * from './load-config.js';
export { SETTINGS } from './settings.js';
