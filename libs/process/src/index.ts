export { giveBackAtRest } from './give-back-at-rest.js';
export {
  runService,
  type RunningService,
  type Service,
  type ServiceSettings,
} from './run-service.js';
export { onStopSignal, type StopListener } from './stop-signals.js';
export { freePort } from './free-port.js';
export { OperatorError, type OperatorFault } from './operator-error.js';
export { readJson, writePrivateJson } from './private-file.js';
export { commandLineOf, identityOf, isAlive, stopProcess } from './processes.js';
