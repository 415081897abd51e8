export { giveBackAtRest } from './give-back-at-rest.js';
export {
  runService,
  type RunningService,
  type Service,
  type ServiceSettings,
} from './run-service.js';
export { onStopSignal, type StopListener } from './stop-signals.js';
