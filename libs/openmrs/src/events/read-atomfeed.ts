import type { FeedFlavour } from '@sync-hub/categories';
import type { RecordRef } from '@sync-hub/contracts';
import { changeFromEntry, type EntryAction, isOfItself, partOf } from '../atomfeed/change-from-entry.js';
import type { FeedEntry } from '../atomfeed/feed-page.js';
import type { FeedPosition, FetchPage } from '../atomfeed/feed-position.js';
import { readFeed } from '../atomfeed/feed-reader.js';
import type { EventReading, EventsToRead, ToldChange } from './event-reading.js';

/** The generic feed tells once of each record, and of each part of a person, that a transaction updates, and when it published that. */
function changedAt(entry: FeedEntry, record: RecordRef, action: EntryAction): Pick<ToldChange, 'changedAt' | 'part'> {
  const at = new Date(entry.updated);
  if (action !== 'updated' || Number.isNaN(at.getTime())) return {};
  if (isOfItself(entry, record)) return { changedAt: at };
  const part = partOf(entry, record);
  return part === null ? {} : { changedAt: at, part };
}

/** What a site's Atom feed tells. */
export async function readAtomfeed(
  { category, position, startAt }: EventsToRead,
  { fetchPage, flavour }: { readonly fetchPage: FetchPage; readonly flavour: FeedFlavour },
): Promise<EventReading> {
  const reading = await readFeed({ position: position as FeedPosition | null, startAt, fetchPage });
  const translated = reading.entries.map(({ entry }) => ({ entry, change: changeFromEntry(entry, category, flavour) }));
  return {
    changes: translated.flatMap(({ entry, change }) =>
      'records' in change ? change.records.map((record) => ({ record, deleted: change.action === 'deleted', ...changedAt(entry, record, change.action) })) : [],
    ),
    unreadable: translated.flatMap(({ entry, change }) => ('records' in change ? [] : [{ id: entry.id, reason: change.unreadable }])),
    events: reading.entries.length,
    position: reading.position,
    findings: reading.findings.map(({ kind }) => kind),
    more: reading.more,
  };
}
