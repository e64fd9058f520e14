import { setTimeout as pause } from 'node:timers/promises';
import type { Simulator } from '@sync-hub/openmrs-simulator';
import type { HubWatch } from './hub-watch.js';

const LOOK_EVERY_MS = 100;

/**
 * Waits until nothing moves: no change, job or message is on its way, and since the last of them, and since the last write at any site, every
 * feed has been read twice from its beginning to its end. Answers false where that does not come in time.
 */
export async function restOf(
  hub: HubWatch,
  sites: readonly Simulator[],
  { withinMs, signal }: { readonly withinMs: number; readonly signal?: AbortSignal },
): Promise<boolean> {
  const deadline = Date.now() + withinMs;
  let writes = -1;
  let readSince: Date | null = null;
  let reads = 0;
  while (Date.now() < deadline) {
    const moved = await hub.movement();
    const written = sites.reduce((sum, site) => sum + site.writes().length, 0);
    const quiet = written === writes && moved.changes + moved.jobs + moved.messages === 0;
    writes = written;
    if (!quiet || readSince === null) {
      readSince = moved.now;
      reads = 0;
    } else if (moved.feedsReadAt !== null && moved.feedsReadAt > readSince) {
      readSince = moved.now;
      reads += 1;
      if (reads === 2) return true;
    }
    await pause(LOOK_EVERY_MS, undefined, signal === undefined ? {} : { signal });
  }
  return false;
}
