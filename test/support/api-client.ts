import { request, type Dispatcher } from 'undici';

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
  const ask = async (
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<ApiResponse<any>> => {
    const hasBody = body !== undefined;
    // A third of what `fetch` takes, and tests ask tens of thousands of times.
    const response = await request(new URL(path, apiUrl), {
      method,
      headers: {
        accept: '*/*',
        ...authorization,
        ...(hasBody ? { 'content-type': 'application/json' } : {}),
        ...always,
        ...headers,
      },
      body: hasBody ? asText(body) : undefined,
    });
    const answered = new Headers();
    for (const [name, value] of Object.entries(response.headers)) {
      for (const one of [value ?? []].flat()) answered.append(name, one);
    }
    return { status: response.statusCode, headers: answered, body: await parsed(response) };
  };
  return {
    get: (path, headers) => ask('GET', path, undefined, headers),
    post: (path, body, headers) => ask('POST', path, body, headers),
    patch: (path, body, headers) => ask('PATCH', path, body, headers),
    delete: (path, headers, body) => ask('DELETE', path, body, headers),
  };
}

/** A string is sent as it is, so that tests can send invalid JSON. */
function asText(body: unknown): string {
  return typeof body === 'string' ? body : JSON.stringify(body);
}

async function parsed({ headers, body }: Dispatcher.ResponseData): Promise<unknown> {
  if (headers['content-type']?.toString().startsWith('text/event-stream')) {
    return { data: await beginOfStream(body) };
  }
  const text = await body.text();
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** The beginning of a stream, which may never end. */
async function beginOfStream(body: Dispatcher.ResponseData['body']): Promise<unknown[]> {
  let text = '';
  const timer = setTimeout(() => body.destroy(), STREAM_READ_MS);
  try {
    for await (const part of body.setEncoding('utf8')) text += part;
  } catch {
    // It ended here, not there.
  }
  clearTimeout(timer);
  return [...text.matchAll(/^data: (.*)$/gm)].map(([, data]) => JSON.parse(data!));
}
