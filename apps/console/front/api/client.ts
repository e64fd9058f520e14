import createClient from 'openapi-fetch';
import { credentials } from '../session.js';
import type { Paths } from './paths.js';
import { GIVE_UP_AFTER_MS, Refused, type SaidOfRefusal } from './refused.js';

/** The console, by what it says of itself in `docs/openapi.json`: a path, what it takes and what it tells that are not there do not compile. */
export const api = createClient<Paths>({
  fetch: (request: Request) => {
    for (const [name, value] of Object.entries(credentials())) request.headers.set(name, value);
    return fetch(request, { cache: 'no-store', signal: AbortSignal.timeout(GIVE_UP_AFTER_MS) }).catch(() => {
      throw new Refused(0, {});
    });
  },
});

interface Answered<Told> {
  readonly data?: Told;
  readonly error?: SaidOfRefusal;
  readonly response: Response;
}

/** What was told. Throws what was refused. */
export async function told<Told>(asked: Promise<Answered<Told>>): Promise<Told> {
  const { data, error, response } = await asked;
  if (!response.ok || data === undefined) throw new Refused(response.status, typeof error === 'object' ? error : {});
  return data;
}

/** Of what answers without a word. Throws what was refused. */
export async function done(asked: Promise<Omit<Answered<unknown>, 'data'>>): Promise<void> {
  const { error, response } = await asked;
  if (!response.ok) throw new Refused(response.status, typeof error === 'object' ? error : {});
}
