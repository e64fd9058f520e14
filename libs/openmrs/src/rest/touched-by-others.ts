import { categoriesOf, type Hand } from '@sync-hub/categories';
import type { RecordRef, Uuid } from '@sync-hub/contracts';
import type { CallOptions } from '../site-client.js';
import { findObs } from './obs-whereabouts.js';
import { bodyAt } from './place-at.js';
import type { RestSite } from './rest-site.js';

export interface Beside {
  /** By the site's own clock. */
  readonly since: Date;
  /** Obs that we made there, by the uuids known everywhere. */
  readonly obs: readonly Uuid[];
}

/** Has somebody other than our account saved something of the record since then, or voided one of these obs? What a site does not tell, nobody did. */
export async function touchedByOthers(site: RestSite, record: RecordRef, { since, obs }: Beside, options: CallOptions): Promise<boolean> {
  for (const uuid of obs) if ((await findObs(site, await site.aliases.toLocal({ aggregate: 'obs', uuid }), options))?.voided === true) return true;
  const us = await site.account(options);
  if (us === null) return false;
  const from = Math.floor(since.getTime() / 1000) * 1000;
  return (await handsOnRecord(site, record, options)).some(({ by, at }) => by !== us && Date.parse(at) >= from);
}

async function handsOnRecord(site: RestSite, record: RecordRef, options: CallOptions): Promise<readonly Hand[]> {
  const platform = await site.capabilities(options);
  const local = await site.aliases.toLocal(record);
  for (const category of categoriesOf(record.aggregate)) {
    const body = await bodyAt(site, { category, record, local, how: category.representation(platform) }, options);
    if (body !== 'absent' && body !== 'gone' && body['uuid'] === local) return category.hands(body);
  }
  return [];
}
