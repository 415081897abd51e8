import type { EventToSend } from '../../contract/event-to-send.js';
import type { KnownData } from '../../contract/known-data.js';
import { durationSeconds } from '../../values/duration-seconds.js';

/** What receivers call the event types that have a place there. */
export const EVENT_NAMES: Readonly<Record<string, string>> = {
  'session.launched': 'session.created',
  'session.progress': 'session.progress',
  'session.completed': 'session.completed',
  'package.processing.completed': 'package.processing.completed',
  'package.processing.failed': 'package.processing.failed',
};

/** The fields of the SCORM API's own payloads, `dispatch_id` and `progress_measure`; what else there is stays out. */
export function dataOf({ type, data }: Pick<EventToSend, 'type' | 'data'>): object {
  if (type === 'package.processing.completed') return processedPackage(data);
  if (type === 'package.processing.failed') return refusedPackage(data);
  return session(data);
}

function session(data: KnownData): object {
  return {
    session_id: data.sessionId,
    package_id: data.packageId,
    dispatch_id: data.dispatchId,
    user_id: data.learnerId,
    completion_status: data.completionStatus,
    success_status: data.successStatus,
    progress_measure: data.progressMeasure,
    score: score(data),
    time_spent_seconds: durationSeconds(data.totalTime),
  };
}

/** A range without a score in it says nothing. */
function score({ scoreScaled, scoreRaw, scoreMin, scoreMax }: KnownData): object | undefined {
  if (scoreScaled === undefined && scoreRaw === undefined) return undefined;
  return { scaled: scoreScaled, raw: scoreRaw, min: scoreMin, max: scoreMax };
}

function processedPackage(data: KnownData): object {
  return {
    package_id: data.packageId,
    title: data.title,
    version: data.version,
    scorm_version: data.scormVersion,
    revision: data.revision,
    launch_url: data.launchUrl,
    file_size_bytes: data.fileSizeBytes,
  };
}

function refusedPackage(data: KnownData): object {
  return { package_id: data.packageId, error: data.error, error_code: data.errorCode };
}
