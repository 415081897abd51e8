export * from './active-secrets.js';
export * from './hmac-signature.js';
export { generateSigningKeyPair, isSigningKeyPair, publicKeyOf } from './signing-key-pair.js';
export * from './signing-keys.js';
export * from './standard-webhooks-signature.js';
export {
  MAX_SECRET_CHARACTERS,
  MIN_SECRET_CHARACTERS,
  checkKeyPair,
  checkSecret,
  generateSecret,
  isStandardWebhooksSecret,
  type SecretCheck,
} from './webhook-secret.js';
