import { accepted, refused, EXTENSION, type ConformanceCase } from './conformance-case.js';

const withScore = (score: unknown) => ({ result: { score } });
const withDuration = (duration: unknown) => ({ result: { duration } });

export const RESULT_CASES: ConformanceCase[] = [
  accepted('a scaled score of 1', withScore({ scaled: 1 })),
  accepted('a scaled score of -1', withScore({ scaled: -1 })),
  refused('a scaled score above 1', withScore({ scaled: 1.01 })),
  refused('a scaled score below -1', withScore({ scaled: -1.00001 })),
  refused('a raw score below min', withScore({ raw: -1, min: 0, max: 10 })),
  refused('a raw score above max', withScore({ raw: 11, min: 0, max: 10 })),
  refused('a min above max', withScore({ min: 11, max: 10 })),
  refused('a min equal to max', withScore({ raw: 10, min: 10, max: 10 })),
  refused('a score that is a number', withScore(0.9)),
  refused('a raw score that is a text', withScore({ raw: '9' })),
  refused('a raw score that is null', withScore({ raw: null })),
  refused('a success that is a text', { result: { success: 'true' } }),
  refused('a completion that is a text', { result: { completion: 'false' } }),
  refused('a response that is a number', { result: { response: 1 } }),
  accepted('a duration of hours, minutes and seconds', withDuration('PT4H35M59.14S')),
  accepted('a duration in days and time', withDuration('P1DT12H36M0.12567S')),
  accepted('a duration in seconds alone', withDuration('PT16559.14S')),
  accepted('a duration in weeks', withDuration('P4W')),
  refused('a duration of unknown units', withDuration('PA1H0M0S')),
  refused('a duration without a unit', withDuration('PT')),
  refused('a duration that ends in T', withDuration('P1DT')),
  refused('a duration of weeks and time', withDuration('P1WT1H')),
  refused('a duration of SCORM 1.2', withDuration('0012:34:56.78')),
  refused('a duration that is a number', withDuration(12345)),
  accepted('an extension that is null', { result: { extensions: { [EXTENSION]: null } } }),
  accepted('no extensions in their object', { result: { extensions: {} } }),
  refused('an extension without a scheme', { result: { extensions: { progress: 29 } } }),
  refused('extensions that are a list', { result: { extensions: [29] } }),
  refused('an unknown property of a result', { result: { progress: 29 } }),
];
