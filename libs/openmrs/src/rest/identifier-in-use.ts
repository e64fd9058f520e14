import type { CanonicalRecord, Step, Writes } from '@sync-hub/categories';
import { type RecordRef, RefusedError, recordKey } from '@sync-hub/contracts';
import type { CallOptions, IdentifierHolder, PatientIdentifier } from '../site-client.js';
import type { RestSite } from './read-record.js';
import type { RestBody } from './rest-resources.js';

/**
 * Asks the server whether an identifier of a refused step belongs to another patient, and throws RefusedError
 * `identifier-in-use` with that patient's uuid if so. Two clinics, one number, two people is the commonest refusal there is.
 */
export async function refuseIdentifierInUse(site: RestSite, step: Step, { record }: CanonicalRecord, options: CallOptions): Promise<void> {
  const found = await findHolder(site, record, identifiersIn(step), options);
  if (found === null) return;
  throw new RefusedError('identifier-in-use', `${site.rest.site} gives an identifier of ${recordKey(record)} to another patient`, {
    site: site.rest.site,
    record: recordKey(record),
    holder: recordKey(found.holder),
    identifierType: found.identifierType,
  });
}

/** The patient at the site, another than the record itself, who has an identifier that these writes would add; `null` where nobody has. */
export async function identifierHolder(site: RestSite, held: CanonicalRecord, { fields }: Writes, options: CallOptions): Promise<IdentifierHolder | null> {
  const added = [...fields].filter(([path, value]) => value !== undefined && !(path in held.fields)).map(([path]) => path);
  const sought = added.flatMap((path) => {
    const [, type, identifier] = /^identifiers\[([^|\]]+)\|(.*)\](?:\.\w+)?$/.exec(path) ?? [];
    return type === undefined || identifier === undefined ? [] : [{ type, identifier }];
  });
  const distinct = [...new Map(sought.map((one) => [JSON.stringify(one), one])).values()];
  const asCalledThere = ({ type, identifier }: Sought): Promise<Sought> =>
    site.aliases.toLocal({ aggregate: 'patientidentifiertype', uuid: type }).then((local) => ({ type: local, identifier }));
  return findHolder(site, held.record, await Promise.all(distinct.map(asCalledThere)), options);
}

/** The patients at the site who have that identifier, of that type where one is named: an empty type is any. Voided ones are not told. */
export async function patientsWith(site: RestSite, { identifier, type }: PatientIdentifier, options: CallOptions): Promise<readonly RecordRef[]> {
  const local = type === '' ? type : await site.aliases.toLocal({ aggregate: 'patientidentifiertype', uuid: type });
  const holders = await holdersOf(site, { identifier, type: local }, options);
  return Promise.all(
    holders.map(async ({ uuid }): Promise<RecordRef> => ({ aggregate: 'person', uuid: await site.aliases.toCanonical('person', String(uuid)) })),
  );
}

async function holdersOf({ rest }: RestSite, { identifier, type }: Sought, options: CallOptions): Promise<readonly RestBody[]> {
  const query = `identifier=${encodeURIComponent(identifier)}&v=custom:(uuid,identifiers:(identifier,identifierType:(uuid)))`;
  const found = await rest.listAll(`patient?${query}`, 'patients of an identifier', options);
  return found.filter((patient) => holds(patient, identifier, type));
}

async function findHolder(site: RestSite, record: RecordRef, sought: readonly Sought[], options: CallOptions): Promise<IdentifierHolder | null> {
  const { aliases } = site;
  const local = await aliases.toLocal(record);
  for (const one of sought) {
    const holder = (await holdersOf(site, one, options)).find((patient) => patient['uuid'] !== local);
    if (holder !== undefined)
      return {
        holder: { aggregate: 'person', uuid: await aliases.toCanonical('person', String(holder['uuid'])) },
        identifierType: one.type === '' ? one.type : await aliases.toCanonical('patientidentifiertype', one.type),
      };
  }
  return null;
}

interface Sought {
  readonly identifier: string;
  readonly type: string;
}

function identifiersIn({ path, body = {} }: Step): readonly Sought[] {
  const items = path.split('/')[2] === 'identifier' ? [body] : (body['identifiers'] ?? []);
  return (items as readonly RestBody[]).flatMap(({ identifier, identifierType }) =>
    typeof identifier === 'string' ? [{ identifier, type: typeof identifierType === 'string' ? identifierType : '' }] : [],
  );
}

const holds = (patient: RestBody, identifier: string, type: string): boolean =>
  ((patient['identifiers'] ?? []) as readonly RestBody[]).some(
    (one) => one['identifier'] === identifier && (type === '' || (one['identifierType'] as RestBody | undefined)?.['uuid'] === type),
  );
