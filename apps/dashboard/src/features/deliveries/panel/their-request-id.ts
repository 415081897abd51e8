/** Headers in which servers and proxies give their id of a request, the most telling first. */
const NAMES = [
  'x-request-id',
  'x-correlation-id',
  'request-id',
  'x-amzn-requestid',
  'x-amz-request-id',
  'x-amzn-trace-id',
  'x-amz-cf-id',
  'cf-ray',
  'x-cloud-trace-context',
  'x-ms-request-id',
  'x-azure-ref',
  'x-vercel-id',
  'fly-request-id',
  'x-trace-id',
  'traceparent',
  'x-runtime-id',
];

/** The receiver's own id of the request, to search for in its logs. */
export function theirRequestId(
  headers: Record<string, string>,
): { name: string; value: string } | undefined {
  const name = NAMES.find((one) => headers[one] !== undefined && headers[one] !== '');
  return name === undefined ? undefined : { name, value: headers[name]! };
}
