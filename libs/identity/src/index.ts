export * from './author.js';
export * from './permissions.js';
export * from './roles.js';
