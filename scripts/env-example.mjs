// Writes .env.example from the settings table of libs/config.
import { writeFileSync } from 'node:fs';
import { renderEnvExample } from '../dist/libs/config/src/index.js';

writeFileSync(new URL('../.env.example', import.meta.url), renderEnvExample());
