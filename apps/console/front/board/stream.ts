import { Refused } from '../desk.js';
import { credentials } from '../session.js';
import { eventsIn, type Told } from './events-in.js';

/** Nothing for so long, not even a beat: the line is dead, whatever the browser believes. */
const SILENT_MS = 35_000;

/**
 * Hears server-sent events as whoever is signed in, which an EventSource cannot say of the console's own token. Ends when the console ends it, or when the
 * line is dead; throws `Refused` where it is not let in.
 */
export async function hear(path: string, tell: (told: Told) => void, signal: AbortSignal): Promise<void> {
  const silent = new AbortController();
  const either = AbortSignal.any([signal, silent.signal]);
  const answer = await fetch(path, { cache: 'no-store', headers: credentials(), signal: either }).catch(() => {
    throw new Refused(0, {});
  });
  if (!answer.ok || answer.body === null) throw new Refused(answer.status, await answer.json().catch(() => ({})));
  const reader = answer.body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  for (;;) {
    const timer = setTimeout(() => silent.abort(), SILENT_MS);
    const part = await reader.read().catch(() => null);
    clearTimeout(timer);
    if (part === null || part.done) return;
    const { events, rest } = eventsIn(text + decoder.decode(part.value, { stream: true }));
    text = rest;
    for (const event of events) tell(event);
  }
}
