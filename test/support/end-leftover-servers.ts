import { afterAll } from 'vitest';
import { endLeftoverServers } from './redis-process.js';

afterAll(endLeftoverServers);
