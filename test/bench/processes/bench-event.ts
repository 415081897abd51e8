/** Milliseconds of the machine's monotonic clock, the same in every process. */
export function machineMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

/**
 * The data of one event, of a usual size. The session's id contains the event's number and its scheduled time, so that
 * the receiver can tell how long it took.
 *
 * @param scheduledMs by the clock of {@link machineMs}
 * @param session a session that several events share; the dispatch's id then has the mark
 */
export function benchData(
  number: number,
  packageId: string,
  scheduledMs: number,
  session?: number,
): string {
  const mark = `b-${number}-${Math.round(scheduledMs * 1000)}`;
  const [sessionId, dispatchId] =
    session === undefined ? [mark, 'dsp_ghi789'] : [`shared-${session}`, mark];
  return (
    `{"sessionId":"${sessionId}","packageId":"${packageId}","dispatchId":"${dispatchId}",` +
    REST_OF_DATA
  );
}

const REST_OF_DATA =
  '"learnerId":"learner-42","completionStatus":"completed",' +
  '"successStatus":"passed","scoreScaled":0.92,"scoreRaw":92,"scoreMin":0,"scoreMax":100,' +
  '"totalTime":"PT12M34S","learner":{"email":"jsmith@acme.example","firstName":"Jane",' +
  '"lastName":"Smith","externalId":"HR-4829"},"course":{"id":"COMP-2026",' +
  '"title":"Annual Compliance Training 2026","code":"COMP-2026"}}';

interface MarkedEvent {
  number: number;
  scheduledMs: number;
}

const MARK = /"(?:session|dispatch)Id":"b-(\d+)-(\d+)"/;
const MARKS = new RegExp(MARK, 'g');

/** Reads what {@link benchData} put into the id of the session or of the dispatch. */
export function markOf(body: string): MarkedEvent | undefined {
  const found = MARK.exec(body);
  return found ? readMark(found) : undefined;
}

/** The same for every event of a batch. */
export function marksOf(body: string): MarkedEvent[] {
  return Array.from(body.matchAll(MARKS), readMark);
}

function readMark([, number, micros]: RegExpMatchArray): MarkedEvent {
  return { number: Number(number), scheduledMs: Number(micros) / 1000 };
}

/** The session that several events share, if the event belongs to one. */
export function sessionOf(body: string): string | undefined {
  return /"sessionId":"(shared-\d+)"/.exec(body)?.[1];
}
