import { categoriesOf, presenceIn, presenceRepresentation } from '@sync-hub/categories';
import type { RecordRef } from '@sync-hub/contracts';
import type { Presence } from '@sync-hub/merge';
import type { CallOptions } from '../site-client.js';
import { bodyAt } from './place-at.js';
import type { RestSite } from './read-record.js';

/** What `readRecord` would say of the record's presence, by a request for that alone. */
export async function readPresence(site: RestSite, record: RecordRef, options: CallOptions): Promise<Presence> {
  const local = await site.aliases.toLocal(record);
  for (const category of categoriesOf(record.aggregate)) {
    const body = await bodyAt(site, { category, record, local, how: presenceRepresentation(category) }, options);
    if (body === 'gone') return 'voided';
    if (body !== 'absent' && category.keptToItself?.is(body, site.login) === true) return 'absent';
    // What answers under another uuid was found by its name.
    if (body !== 'absent' && body['uuid'] === local) return presenceIn(category, body);
  }
  return 'absent';
}
