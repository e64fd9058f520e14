import { api, onAndOn, told } from '../api/client.js';
import { Refused } from '../api/refused.js';
import { eventsIn, type Told } from './events-in.js';

/** Nothing for so long, not even a beat: the line is dead, whatever the browser believes. */
const SILENT_MS = 35_000;

/**
 * Hears the board's server-sent events as whoever is signed in, which an EventSource cannot say of the console's own token. Ends when the console ends it, or when the
 * line is dead; throws `Refused` where it is not let in.
 */
export async function hear(tell: (told: Told) => void, signal: AbortSignal): Promise<void> {
  const silent = new AbortController();
  const either = AbortSignal.any([signal, silent.signal]);
  const stream = await told(api.GET('/api/board/events', onAndOn(either)));
  if (stream === null) throw new Refused(0, {});
  const reader = stream.getReader();
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
