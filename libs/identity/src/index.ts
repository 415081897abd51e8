export * from './author.js';
export * from './judge-refresh.js';
export * from './password-rules.js';
export * from './permissions.js';
export * from './recovery-codes.js';
export * from './refresh-token.js';
export * from './roles.js';
export * from './totp.js';
