import createClient from 'openapi-fetch';
import { credentials } from '../session.js';
import type { Paths } from './paths.js';
import { Refused } from './refused.js';

const GIVE_UP_AFTER_MS = 20_000;

/** Asks as whoever is signed in; for as long as it takes, where that is not said. */
const asking = (giveUpAfterMs?: number) => (request: Request) => {
  for (const [name, value] of Object.entries(credentials())) request.headers.set(name, value);
  return fetch(request, { cache: 'no-store', ...(giveUpAfterMs === undefined ? {} : { signal: AbortSignal.timeout(giveUpAfterMs) }) }).catch(() => {
    throw new Refused(0, {});
  });
};

/** The console, by what it says of itself in `docs/openapi.json`: a path, what it takes and what it tells that are not there do not compile. */
export const api = createClient<Paths>({ fetch: asking(GIVE_UP_AFTER_MS) });

/** For what takes longer than anything else. */
export const patiently = (giveUpAfterMs: number) => ({ fetch: asking(giveUpAfterMs) });

/** For what is told on and on, until `signal` says so. */
export const onAndOn = (signal: AbortSignal) => ({ fetch: asking(), signal, parseAs: 'stream' }) as const;

interface Answered<Told> {
  readonly data?: Told;
  readonly error?: unknown;
  readonly response: Response;
}

const refused = ({ error, response }: Omit<Answered<unknown>, 'data'>): Refused =>
  new Refused(response.status, typeof error === 'object' && error !== null ? error : {});

/** What was told. Throws what was refused. */
export async function told<Told>(asked: Promise<Answered<Told>>): Promise<Told> {
  const answered = await asked;
  if (!answered.response.ok || answered.data === undefined) throw refused(answered);
  return answered.data;
}

/** Of what answers without a word. Throws what was refused. */
export async function done(asked: Promise<Omit<Answered<unknown>, 'data'>>): Promise<void> {
  const answered = await asked;
  if (!answered.response.ok) throw refused(answered);
}
