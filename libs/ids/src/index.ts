export * from './type-id.js';
export * from './uuid-v7.js';
