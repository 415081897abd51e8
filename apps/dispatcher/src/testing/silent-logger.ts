import { createLogger } from '@schoolbell/logging';

export const silentLogger = createLogger({ level: 'silent', name: 'spec' });
