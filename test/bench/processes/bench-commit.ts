/**
 * A commit of a usual size, as scorm-again sends it for SCORM 1.2. Each has its own location, so that each is progress.
 */
export function benchCommit(number: number): string {
  return `{"cmi":{"core":{"lesson_location":"page-${number}",${REST_OF_COMMIT}`;
}

const REST_OF_COMMIT =
  '"student_id":"learner-42","student_name":"Smith, Jane","credit":"credit","lesson_status":"incomplete",' +
  '"entry":"ab-initio","lesson_mode":"normal","exit":"","session_time":"00:12:34.56",' +
  '"score":{"raw":"","min":"","max":"100"}},"suspend_data":"' +
  'visited=1,2,3,4,5,6;answers=a,c,b,d;'.repeat(8) +
  '","launch_data":"","comments":"","comments_from_lms":"","objectives":{},' +
  '"student_data":{"mastery_score":"80","max_time_allowed":"","time_limit_action":""},' +
  '"student_preference":{"audio":"","language":"","speed":"","text":""},"interactions":{}}}';
