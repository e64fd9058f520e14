import { CATEGORIES, kindBehind, type TyingCategory } from '@sync-hub/categories';
import type { ToldTie, Uuid } from '@sync-hub/contracts';
import type { CallOptions } from '../site-client.js';
import type { RestSite } from './read-record.js';
import type { RestBody } from './rest-resources.js';

/**
 * What records of that category tie the patient to, voided ones left out; `null` where the site does not tell it of each of them: it knows no
 * such list, or leaves a key out that the account may not see (webservices.rest 3.4 ConversionUtil).
 */
export async function tiesOf(site: RestSite, patient: Uuid, category: TyingCategory, options: CallOptions): Promise<readonly ToldTie[] | null> {
  const { resource, hangsOn, title } = CATEGORIES[category];
  const { listedBy, ties } = hangsOn ?? {};
  if (ties === undefined) return null;
  const local = encodeURIComponent(await site.aliases.toLocal({ aggregate: 'person', uuid: patient }));
  const asks = ['uuid', 'voided', `${ties.to}:(uuid)`, ...(ties.ends === undefined ? [] : [ties.ends])].join(',');
  const bodies = await site.rest.listAllThere(`${resource}?${listedBy}=${local}&v=custom:(${asks})`, `${title.toLowerCase()}s`, options);
  if (bodies === null) return null;
  const told = bodies.filter(({ voided }) => voided !== true).map((body) => tieIn(body, ties));
  const known = told.filter((tie) => tie !== null);
  return known.length < told.length ? null : asKnown(site, category, known);
}

function tieIn(body: RestBody, { to, ends }: { readonly to: string; readonly ends?: string }): ToldTie | null {
  const { uuid } = body;
  const named = body[to] as RestBody | null | undefined;
  const end = ends === undefined ? null : body[ends];
  if (typeof uuid !== 'string' || named === undefined || end === undefined) return null;
  if (named === null) return { uuid, to: null, isEnded: end !== null };
  return typeof named['uuid'] === 'string' ? { uuid, to: named['uuid'], isEnded: end !== null } : null;
}

/** Under the uuids that are known everywhere. */
async function asKnown({ aliases }: RestSite, category: TyingCategory, ties: readonly ToldTie[]): Promise<readonly ToldTie[]> {
  const { aggregate, scalars, hangsOn } = CATEGORIES[category];
  const refersTo = scalars[hangsOn?.ties?.to ?? '']?.refersTo;
  const kind = refersTo === undefined ? null : kindBehind(refersTo);
  const named = kind === null ? [] : ties.flatMap(({ to }) => (to === null ? [] : [{ aggregate: kind, uuid: to }]));
  const [own, others] = await Promise.all([aliases.allToCanonical(ties.map(({ uuid }) => ({ aggregate, uuid }))), aliases.allToCanonical(named)]);
  const known = new Map(named.map(({ uuid }, index) => [uuid, others[index] ?? uuid]));
  return ties.map((tie, index) => ({ ...tie, uuid: own[index] ?? tie.uuid, to: tie.to === null ? null : (known.get(tie.to) ?? tie.to) }));
}
