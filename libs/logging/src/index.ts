export { droppedLine, droppedLogLines } from './block-writer.js';
export * from './logger.js';
export * from './nest-logger.js';
export * from './occasional-log.js';
export * from './redact.js';
