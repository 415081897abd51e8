import { expect, it } from 'vitest';
import { isTimeZone } from './time-zone.js';

it.each(['UTC', 'Europe/Berlin', 'Asia/Kolkata', 'America/Argentina/Buenos_Aires', 'Etc/GMT+3'])(
  '%s is a time zone',
  (name) => expect(isTimeZone(name)).toBe(true),
);

it.each(['', 'Berlin', 'Mars/Olympus', '+02:00', 'Europe/Berlin\n', 42, null])(
  '%s is no time zone',
  (name) => expect(isTimeZone(name)).toBe(false),
);
