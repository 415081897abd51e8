/**
 * Whether the fault suite runs for longer: `FAULTS_LONG=1` posts ten times as many events, and keeps Redis away for 30
 * s rather than 5.
 */
export const LONG_RUNS = process.env.FAULTS_LONG === '1';
