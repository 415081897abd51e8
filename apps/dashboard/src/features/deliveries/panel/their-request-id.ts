/** Where servers and what stands before them write how they call a request, the most telling first. */
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

/** How their side calls the request: what to ask them for in their logs. */
export function theirRequestId(
  headers: Record<string, string>,
): { name: string; value: string } | undefined {
  const name = NAMES.find((one) => headers[one] !== undefined && headers[one] !== '');
  return name === undefined ? undefined : { name, value: headers[name]! };
}
