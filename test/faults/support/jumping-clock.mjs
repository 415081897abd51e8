// Preloaded into a service: each SIGUSR2 moves its clock an hour forward, an hour back, and to the right time again.
const HOUR_MS = 3_600_000;
const OFFSETS = [HOUR_MS, -HOUR_MS, 0];

const rightNow = Date.now;
let jumps = 0;
let offset = 0;
process.on('SIGUSR2', () => {
  offset = OFFSETS[jumps++ % OFFSETS.length];
});

Date.now = () => rightNow() + offset;
globalThis.Date = new Proxy(Date, {
  construct: (RightDate, args) => new RightDate(...(args.length > 0 ? args : [RightDate.now()])),
});
