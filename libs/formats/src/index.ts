export type { AnswerReading, AnswerRules, Comparison, Question } from './contract/answer-rules.js';
export { checkSettings, type SettingFault } from './contract/check-settings.js';
export type { EventToSend } from './contract/event-to-send.js';
export {
  withDefaults,
  type FormatSettings,
  type SettingField,
  type SettingValues,
} from './contract/format-settings.js';
export type { Consent, ConsentRequest, HandshakeRules } from './contract/handshake-rules.js';
export type { KnownData } from './contract/known-data.js';
export type { RenderContext } from './contract/render-context.js';
export type {
  BatchRoom,
  FormatInput,
  FormatSignature,
  Header,
  WireFormat,
} from './contract/wire-format.js';
export { formatExamples, type FormatExample } from './examples/format-examples.js';
export { EVENT_NAMES as SCORM_API_EVENT_NAMES } from './formats/scorm-api/scorm-api-data.js';
export { FORMATS, FORMAT_NAMES, carries, formatNamed } from './formats.js';
export * from './formats/custom/templates/index.js';
export * from './request/custom-headers.js';
export { takesEvent, type DeliveryToRender, type WebhookToRender } from './request/format-input.js';
export * from './request/render-request.js';
export { REDACTED, isSensitiveHeader } from './request/sensitive-headers.js';
export { isSetByFormat } from './request/reserved-headers.js';
export { wantsHandshake } from './request/wants-handshake.js';
export { effectiveSignature } from './request/signature-headers.js';
export { UncarriedEventError } from './request/uncarried-event-error.js';
export { UnknownFormatError } from './request/unknown-format-error.js';
export { USER_AGENT } from './request/user-agent.js';
