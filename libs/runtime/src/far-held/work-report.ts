import { createHash } from 'node:crypto';
import { type HeldDesk, HeldPage, MOST_HELD_AT_ONCE, type ToldHeld, type WorkReport } from '@sync-hub/contracts';
import type { HeldRepository } from '@sync-hub/persistence';

/** What a report of an instance's work is made of, beside who tells it. */
export type WorkTold = Pick<WorkReport, 'at' | 'held' | 'away'>;

/** Proxies let bodies of 1 MB through as they come. */
const MOST_BYTES = 450 * 1024;

/** How the work here stands: what is held in full only where the other end lacks just that, by its digest else. */
export async function workNow(desk: Pick<HeldDesk, 'list' | 'records'>, held: Pick<HeldRepository, 'now'>, isWanted: boolean): Promise<WorkTold> {
  // The moment goes before the look: what came in between is seen next time, and acted on by nobody who has not seen it.
  const at = (await held.now()).toISOString();
  const { groups, away, counts } = await desk.list({});
  const records = await desk.records(HeldPage.parse({ offset: 0, limit: MOST_HELD_AT_ONCE }));
  const all = JSON.parse(JSON.stringify({ groups, records: fitting(records, MOST_BYTES - bytesOf(groups)) })) as ToldHeld;
  const digest = createHash('sha256').update(JSON.stringify(all)).digest('hex');
  return { at, held: { digest, count: counts.all, all: isWanted ? all : null }, away: away.map((one) => ({ ...one })) };
}

/** As many as go into one report. */
function fitting<Each>(all: readonly Each[], bytes: number): readonly Each[] {
  let left = bytes;
  const cut = all.findIndex((one) => {
    left -= bytesOf(one);
    return left < 0;
  });
  return cut < 0 ? all : all.slice(0, cut);
}

const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));
