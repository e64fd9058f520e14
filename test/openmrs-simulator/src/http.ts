/** One request, read to its end. */
export interface Incoming {
  readonly method: string;
  /** Without the query, as sent. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly rawQuery: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export const answer = (status: number, type: string, body: string | Buffer, headers: Readonly<Record<string, string>> = {}): Answer => ({
  status,
  headers: { 'content-type': type, ...headers },
  body: typeof body === 'string' ? Buffer.from(body) : body,
});

export const jsonAnswer = (status: number, json: unknown, headers: Readonly<Record<string, string>> = {}): Answer =>
  answer(status, 'application/json;charset=UTF-8', JSON.stringify(json), headers);

const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
};

/** An error page of the container. */
export function htmlAnswer(status: number, message: string, headers: Readonly<Record<string, string>> = {}): Answer {
  const title = `HTTP Status ${status} – ${TITLES[status] ?? 'Error'}`;
  return answer(
    status,
    'text/html;charset=utf-8',
    `<!doctype html><html lang="en"><head><title>${title}</title></head><body><h1>${title}</h1><hr class="line" /><p><b>Message</b> ${message}</p></body></html>`,
    headers,
  );
}

/** The session id a request carries. */
export const sessionCookie = (request: Incoming): string | null => /(?:^|;\s*)JSESSIONID=([^;]+)/.exec(request.headers['cookie'] ?? '')?.[1] ?? null;
export const setSessionCookie = (id: string): Record<string, string> => ({ 'set-cookie': `JSESSIONID=${id}; Path=/openmrs; HttpOnly` });
