export * from './custom-headers.js';
export { FORMATS, FORMAT_NAMES, formatNamed } from './formats.js';
export * from './render-request.js';
export { REDACTED, isSensitiveHeader, redactHeaders } from './sensitive-headers.js';
export { UnknownFormatError } from './unknown-format-error.js';
export { USER_AGENT } from './user-agent.js';
export type { FormatInput, FormatSignature, Header, WireFormat } from './wire-format.js';
