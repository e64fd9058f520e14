import { categoriesOf, presenceIn, presenceRepresentation } from '@sync-hub/categories';
import { type RecordRef, recordKey } from '@sync-hub/contracts';
import type { Presence } from '@sync-hub/merge';
import type { CallOptions } from '../site-client.js';
import type { RestSite } from './read-record.js';

/** What `readRecord` would say of the record's presence, by a request for that alone. */
export async function readPresence({ rest, aliases }: RestSite, record: RecordRef, options: CallOptions): Promise<Presence> {
  const local = await aliases.toLocal(record);
  for (const category of categoriesOf(record.aggregate)) {
    const path = `${category.resource}/${encodeURIComponent(local)}?v=${presenceRepresentation(category)}`;
    const body = await rest.get(path, { what: category.resource, record: recordKey(record) }, options);
    // What answers under another uuid was found by its name.
    if (body?.['uuid'] === local) return presenceIn(category, body);
  }
  return 'absent';
}
