export * from './active-secrets.js';
export * from './hex-hmac.js';
export * from './signing-keys.js';
export * from './standard-webhooks-signature.js';
export {
  MAX_SECRET_CHARACTERS,
  MIN_SECRET_CHARACTERS,
  checkSecret,
  generateSecret,
  type SecretCheck,
} from './webhook-secret.js';
