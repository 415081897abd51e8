/** How long a stream of server-sent events is read. */
const STREAM_READ_MS = 400;

export interface ApiResponse<T> {
  status: number;
  headers: Headers;
  /** Parsed JSON; text if it is not JSON; `undefined` if it is empty. */
  body: T;
}

export interface ApiClient {
  get<T = any>(path: string, headers?: Record<string, string>): Promise<ApiResponse<T>>;
  post<T = any>(
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<ApiResponse<T>>;
  patch<T = any>(
    path: string,
    body: unknown,
    headers?: Record<string, string>,
  ): Promise<ApiResponse<T>>;
  delete<T = any>(
    path: string,
    headers?: Record<string, string>,
    body?: unknown,
  ): Promise<ApiResponse<T>>;
}

/**
 * Speaks to the API as a customer would.
 *
 * @param key sent as `Authorization: Bearer`, unless it is `undefined`
 * @param always headers for every request, such as `X-Tenant-Id`
 */
export function apiClient(
  apiUrl: string,
  key?: string,
  always: Record<string, string> = {},
): ApiClient {
  const authorization = key === undefined ? {} : { authorization: `Bearer ${key}` };
  const request = async (
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<ApiResponse<any>> => {
    const hasBody = body !== undefined;
    const response = await fetch(new URL(path, apiUrl), {
      method,
      headers: {
        ...authorization,
        ...(hasBody ? { 'content-type': 'application/json' } : {}),
        ...always,
        ...headers,
      },
      body: hasBody ? asText(body) : undefined,
    });
    return { status: response.status, headers: response.headers, body: await parsed(response) };
  };
  return {
    get: (path, headers) => request('GET', path, undefined, headers),
    post: (path, body, headers) => request('POST', path, body, headers),
    patch: (path, body, headers) => request('PATCH', path, body, headers),
    delete: (path, headers, body) => request('DELETE', path, body, headers),
  };
}

/** A string is sent as it is, so that tests can send invalid JSON. */
function asText(body: unknown): string {
  return typeof body === 'string' ? body : JSON.stringify(body);
}

async function parsed(response: Response): Promise<unknown> {
  if (response.headers.get('content-type')?.startsWith('text/event-stream')) {
    return { data: await beginOfStream(response) };
  }
  const text = await response.text();
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** The beginning of a stream, which may never end. */
async function beginOfStream(response: Response): Promise<unknown[]> {
  let text = '';
  const reader = response.body!.getReader();
  const timer = setTimeout(() => void reader.cancel(), STREAM_READ_MS);
  const decoder = new TextDecoder();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    text += decoder.decode(part.value, { stream: true });
  }
  clearTimeout(timer);
  return [...text.matchAll(/^data: (.*)$/gm)].map(([, data]) => JSON.parse(data!));
}
